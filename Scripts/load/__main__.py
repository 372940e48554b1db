"""Loads the service, and looks whether it answers as it says, within its memory. See Scripts/test-load."""

import argparse
import asyncio
import pathlib
import shutil
import sys
import tempfile
import time

from half_open import HalfOpen
from limits import Limits
from malformed import Malformed
from oversized import Oversized
from part import Setting
from product import SAMPLE, Product
from slow import SlowClients
from traffic import Traffic

# Of keep-alive connections under load, one after another.
CROWDS = 16, 256
PARTS = {"load": Traffic, "slow": SlowClients, "half-open": HalfOpen, "oversized": Oversized, "malformed": Malformed,
         "limits": Limits}


def options():
    parser = argparse.ArgumentParser(prog="test-load", description=__doc__)
    parser.add_argument("coldstart", nargs="?", default=".build/release/coldstart", help="the command")
    parser.add_argument("--seconds", type=float, default=60, help="of load, by 16 and by 256 connections each (%(default)s)")
    parser.add_argument("--inputs", type=int, help="malformed at random (20 for each of the seconds)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices; not of the time that things take (%(default)s)")
    parser.add_argument("--only", choices=PARTS, help="a part")
    parser.add_argument("--connections", type=int, help=f"of the load, instead of {CROWDS[0]} and {CROWDS[1]}")
    return parser.parse_args()


def chosen_parts(chosen, setting):
    for name, make in PARTS.items():
        if chosen.only in (None, name):
            if make is Traffic:
                for crowd in [chosen.connections] if chosen.connections else CROWDS:
                    yield Traffic(setting, crowd)
            else:
                yield make(setting)


def table(parts):
    heads = "part", "connections", "requests", "statuses", "worst", "memory", "findings"
    rows = [heads] + [part.row() for part in parts]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        print("  " + "  ".join(text.ljust(width) if column in (0, 3) else text.rjust(width)
                               for column, (text, width) in enumerate(zip(row, widths))).rstrip())


def main():
    chosen = options()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="coldstart-load-"))
    start = time.monotonic()
    print(f"Seed {chosen.seed}, workspace in {folder}", flush=True)
    try:
        product = Product(chosen.coldstart)
        product.must(folder / "w", "import", "-q", SAMPLE)
        product.must(folder / "w", "train", "-q")
        setting = Setting(product, folder / "w", chosen.seed, chosen.seconds,
                          20 * int(chosen.seconds) if chosen.inputs is None else chosen.inputs)
        parts = list(chosen_parts(chosen, setting))
        for part in parts:
            asyncio.run(part.run())
            print(f"  {part.name}: done{part.remark}", flush=True)
    finally:
        shutil.rmtree(folder)
    print(f"\ntest-load, {time.monotonic() - start:.0f} s")
    table(parts)
    findings = sum(len(part.findings) for part in parts)
    print(f"{findings} findings")
    sys.exit(1 if findings else 0)


main()
