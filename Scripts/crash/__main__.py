"""Kills, fills, locks and damages what coldstart writes, and looks whether anything is lost. See Scripts/test-crash."""

import argparse
import pathlib
import random
import shutil
import sys
import tempfile
import time

from clock import Clock
from commands import SHARES, CommandKills, import_batch, kill_first_imports
from damage import Damages
from full_disk import FullDisk
from product import Product
from read_only import ReadOnly
from serving import ServiceKills
from two_processes import TwoProcesses
from world import World

# Of all kills: those of the service, and those of first imports.
OF_SERVICE, OF_FIRST_IMPORTS = 0.25, 0.1


def options():
    parser = argparse.ArgumentParser(prog="test-crash", description=__doc__)
    parser.add_argument("coldstart", nargs="?", default=".build/release/coldstart", help="the command")
    parser.add_argument("--kills", type=int, default=300, help="how often a process is killed (%(default)s)")
    parser.add_argument("--flips", type=int, help="bytes of a model that are flipped (as many as kills)")
    parser.add_argument("--seed", type=int, default=1, help="of all choices; not of the time that things take (%(default)s)")
    parser.add_argument("--only", choices=["kills", "damage", "surroundings"], help="a part")
    parser.add_argument("--keep", action="store_true", help="leave the workspaces where nothing was found, too")
    return parser.parse_args()


def kill_all(world, wanted):
    """As many kills as wanted; gives them by command and moment."""
    commands = CommandKills(world)
    commands.measure()
    services = ServiceKills(world, commands.kills)
    first = round(wanted * OF_FIRST_IMPORTS)
    turns = [services.kill] * round(wanted * OF_SERVICE)
    makes, weights = zip(*SHARES.items())
    turns += [lambda make=make: commands.kill(make)
              for make in world.random.choices(makes, weights, k=wanted - first - len(turns))]
    world.random.shuffle(turns)
    for number, turn in enumerate(turns, 1):
        # What is over before it can be killed does not count.
        for _ in range(20):
            before = sum(commands.kills.values())
            turn()
            if sum(commands.kills.values()) > before:
                break
        if number % 25 == 0:
            world.expect_nothing_left_over()
            print(f"  {number} of {len(turns)} kills, {len(world.faults)} faults", flush=True)
    world.expect_nothing_left_over()
    kill_first_imports(world, commands.kills, first, 2 * commands.seconds[import_batch])
    return commands.kills, services.refused


def table(rows):
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"  {name:<{width}}  {value:>7}")


def main():
    chosen = options()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="coldstart-crash-"))
    product = Product(chosen.coldstart)
    start = time.monotonic()
    parts = [chosen.only] if chosen.only else ["kills", "damage", "surroundings"]
    faults, rows = [], []
    print(f"Seed {chosen.seed}, workspaces in {folder}", flush=True)
    world = World(product, folder, chosen.seed)
    damages = Damages(product, world.copy("damaged"), random.Random(chosen.seed))
    if "kills" in parts:
        kills, refused = kill_all(world, chosen.kills)
        rows += [(f"{command}, {moment}", count) for (command, moment), count in sorted(kills.items())]
        rows += [("kills", sum(kills.values())), ("checks after kills", world.checks)]
        for reason, count in sorted(refused.items(), key=str):
            print(f"  refused {count} times: {reason}")
    if "surroundings" in parts:
        for make in (TwoProcesses, ReadOnly, FullDisk, Clock):
            part = make(world, is_short=chosen.kills < 100)
            part.run()
            print(f"SKIPPED {part.name}: {part.skipped}" if part.skipped else f"  {part.name}: done", flush=True)
            if make is FullDisk:
                rows.append(("writes that a full disk did not take", part.refused))
    rows += [("acknowledged writes", world.ledger.acknowledged), ("losses and other faults", len(world.faults))]
    faults += world.faults
    if "damage" in parts:
        flips = chosen.flips if chosen.flips is not None else chosen.kills
        damages.flips(flips)
        damages.commands()
        damages.services(max(3, flips // 10))
        damages.all_damaged()
        rows += sorted(damages.tried.items())
        rows += [("corruptions tried", sum(damages.tried.values())), ("corruptions unnoticed or badly told", len(damages.faults))]
        faults += damages.faults
    print(f"\ntest-crash, {time.monotonic() - start:.0f} s")
    table(rows)
    if chosen.keep or faults:
        print(f"Workspaces are left in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(1 if faults else 0)


main()
