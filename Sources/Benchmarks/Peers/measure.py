"""What the peers' scripts share: options, clocks, and records as lines of JSON. Import it before numpy and torch."""

import argparse
import json
import os
import statistics
import time


def options(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--files", help="folder with the data that Benchmarks wrote")
    chosen = parser.parse_args()
    # The libraries read these when they are loaded.
    for name in ("OMP", "OPENBLAS", "MKL"):
        os.environ[name + "_NUM_THREADS"] = str(chosen.threads)
    return chosen


def emit(bench, name, **figures):
    print(json.dumps({"bench": bench, "name": name, **figures}), flush=True)


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def throughput(call, repeats, minimum=0.1):
    """The best and the median seconds of a call; each repeat lasts at least `minimum` seconds."""
    for _ in range(3):
        call()
    calls = max(1, int(minimum / max(seconds(call), 1e-7)))
    figures = [seconds(lambda: [call() for _ in range(calls)]) / calls for _ in range(repeats)]
    return min(figures), statistics.median(figures)


def latency(call, repeats, calls):
    """Of the medians of single calls, the best and the median."""
    for _ in range(max(10, calls // 10)):
        call()
    figures = [statistics.median(seconds(call) for _ in range(calls)) for _ in range(repeats)]
    return min(figures), statistics.median(figures)
