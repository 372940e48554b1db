"""Requests a second of `coldstart serve`, beside those of the least that a Python service can do, in turn.

    python Sources/Benchmarks/Peers/service.py --coldstart .build/release/coldstart --workspace DIR [--rounds 3] [--seconds 8]

The peer is bare ASGI under uvicorn, one worker: no framework, no routing; NumPy multiplies 3,706 × 64 random factors with a
user's and takes the ten largest. wrk asks both from 16 connections for lists of ten. coldstart is asked twice: for users in
the order in which the peer is asked, where it keeps the answers until something changes, and for lists of which no two are the
same, so that every one is made.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import numpy

ITEMS, USERS, DIMENSIONS, LENGTH = 3706, 6040, 64, 10

if os.environ.get("PEER") == "asgi":
    random = numpy.random.default_rng(0)
    items = random.standard_normal((ITEMS, DIMENSIONS), dtype=numpy.float32)
    users = random.standard_normal((USERS, DIMENSIONS), dtype=numpy.float32)


async def app(scope, receive, send):
    """Answers /N with the list of user N."""
    if scope["type"] != "http":
        return
    scores = items @ users[int(scope["path"][1:]) % USERS]
    best = numpy.argpartition(scores, -LENGTH)[-LENGTH:]
    best = best[numpy.argsort(-scores[best])]
    body = json.dumps([{"item": int(item), "score": float(scores[item])} for item in best]).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(command, port, **variables):
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, **variables})
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return process
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{command[0]} does not answer")


def user_ids(port):
    """Ids of all users of the service."""
    ids, cursor = [], ""
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/users?limit=100{cursor}") as answer:
            page = json.load(answer)
        ids += [urllib.parse.quote(user["id"], safe="") for user in page["users"]]
        if "next_cursor" not in page:
            return ids
        cursor = "&cursor=" + page["next_cursor"]


def ask(port, users, path, seconds):
    """Requests a second, and the time in ms that 99 of 100 take at most.

    `users` are the elements of a Lua table, `path` a Lua expression of these and of the counter i.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(f"local users = {{{users}}}\nlocal i = 0\nrequest = function() i = i + 1; return wrk.format('GET', {path}) end\n")
        script.flush()
        text = subprocess.run(
            ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", script.name, f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        sys.exit(f"answers of port {port} are no lists")
    late, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(late) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coldstart", required=True)
    parser.add_argument("--workspace", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    options = parser.parse_args()

    ports = free_port(), free_port()
    here = os.path.dirname(os.path.abspath(__file__))
    one = {name + "_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    services = [
        started([sys.executable, "-m", "uvicorn", "service:app", "--app-dir", here, "--port", str(ports[0]),
                 "--log-level", "critical", "--no-access-log"], ports[0], PEER="asgi", **one),
        started([options.coldstart, "--workspace", options.workspace, "serve", "--port", str(ports[1])], ports[1])]
    try:
        users = user_ids(ports[1])
        table = ",".join(json.dumps(user) for user in users)
        lists = f"'/v1/users/' .. users[i * 7919 % {len(users)} + 1] .. '/recommendations?limit={LENGTH}'"
        asked = {
            "bare ASGI": (ports[0], "", f"'/' .. i * 7919 % {USERS}"),
            "coldstart": (ports[1], table, lists),
            "coldstart, every list made": (ports[1], table, lists + " .. string.format('&min_probability=%.9f', i * 1e-9)"),
        }
        figures = {name: [] for name in asked}
        for _ in range(options.rounds):
            for name, (port, table, path) in asked.items():
                figures[name].append(ask(port, table, path, options.seconds))
        for name, values in figures.items():
            print(f"{name:28} " + "  ".join(f"{rate:8,.0f}/s {late:5.1f} ms" for rate, late in values))
    finally:
        for service in services:
            service.terminate()
            service.wait()


if __name__ == "__main__":
    main()
