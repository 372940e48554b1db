"""One workspace through all kills, so that damage adds up, and what must be true of it after each."""

import pathlib
import random
import shutil

import ledger
from material import SAMPLE


class World:
    """A trained workspace, its ledger, and the findings about it."""

    def __init__(self, product, folder, seed):
        self.product = product
        self.folder = pathlib.Path(folder)
        self.workspace = self.folder / "w"
        self.random = random.Random(seed)
        self.ledger = ledger.Ledger()
        self.number = 0
        self.faults = []
        self.checks = 0
        # Items may lack a place only where a write that was not acknowledged brought them.
        self.may_wait = False
        self.may_be_active = set()
        product.must(self.workspace, "import", "-q", SAMPLE)
        product.must(self.workspace, "train", "-q")
        product.must(self.workspace, "train", "-q", "--seed", "2")
        self.settle_current()
        there, _, _ = ledger.contents(self.workspace)
        self.ledger.allowed.update((key, {value}) for key, value in there.items())

    def next(self, kind):
        """A name that nothing has yet."""
        self.number += 1
        return f"{kind}{self.number}"

    def settle_current(self):
        self.may_be_active = {ledger.active(self.workspace)}

    def check(self, what):
        """Everything that must be true after whatever happened; the product looks first, as it would."""
        faults = []
        run = self.product.run(self.workspace, "recommend", "--user", "u001", "--json")
        if run.code != 0 or not run.json()["recommendations"]:
            faults.append(f"recommend exits with {run.code}: {run.errors.strip()}")
        run = self.product.run(self.workspace, "models", "verify")
        if run.code != 0 or run.output.count(": sound") != len(ledger.versions(self.workspace)):
            faults.append(f"models verify exits with {run.code}: {run.output} {run.errors.strip()}")
        run = self.product.run(self.workspace, "status", "--json")
        if run.code != 0:
            faults.append(f"status exits with {run.code}: {run.errors.strip()}")
        elif (waiting := run.json()["model"]["unplaced_items"]) and not self.may_wait:
            faults.append(f"{waiting} items have no place")
        faults += ledger.model_faults(self.workspace)
        if (current := ledger.active(self.workspace)) not in self.may_be_active:
            faults.append(f"{current} is active and not {' or '.join(map(str, self.may_be_active))}")
        self.settle_current()
        there, posters, found = ledger.contents(self.workspace)
        faults += found + ledger.poster_faults(self.workspace, posters) + self.ledger.settle(there)
        self.checks += 1
        self.report(what, faults)
        return there, posters

    def report(self, what, faults):
        for fault in faults:
            print(f"FAULT after {what}: {fault}", flush=True)
            self.faults.append(fault)

    def expect_nothing_left_over(self):
        """What writes in the workspace tidies up what was ended before it."""
        self.product.must(self.workspace, "models", "prune", "--keep", "3")
        _, posters = self.check("pruning")
        left = ledger.leftovers(self.workspace, posters)
        self.report("pruning", [f"left over: {name}" for name in left[:5]])

    def copy(self, name):
        """Of the workspace as it is now."""
        place = self.folder / name
        shutil.copytree(self.workspace, place)
        return place
