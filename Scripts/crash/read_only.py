"""A workspace that may not be written."""

import os

import material
from part import Part, mounts, unmount


class ReadOnly(Part):
    """What writes says so; what reads a sealed workspace answers."""

    name = "read-only workspace"

    def run(self):
        place = self.world.copy("sealed")
        self.world.product.must(place, "models", "seal")
        (place / "lock").unlink(missing_ok=True)
        if os.geteuid() != 0:
            for path in [place, *place.rglob("*")]:
                path.chmod(path.stat().st_mode & ~0o222)
            return self.expect_refusals(place)
        # Root writes whatever the permissions say.
        if not mounts("--bind", place, place):
            self.skipped = "mounting is not allowed here"
            return
        try:
            if mounts("-o", "remount,bind,ro", place):
                self.expect_refusals(place)
            else:
                self.skipped = "mounting read-only is not allowed here"
        finally:
            unmount(place)

    def expect_refusals(self, place):
        product = self.world.product
        for arguments in (["recommend", "--user", "u001"], ["similar", "--item", "m001"], ["status"], ["models", "verify"]):
            run = product.run(place, *arguments)
            if run.code != 0:
                self.fault("read-only workspace", f"{arguments[0]} exits with {run.code}: {run.errors.strip()}")
        for arguments in (["import", material.SAMPLE], ["train"], ["retrain"], ["models", "activate", "v1"], ["serve", "--port", "0"],
                          ["rate", "--user", "u001", "--item", "m001", "--rating", "1"], ["add", "--title", "T"],
                          ["models", "prune"], ["keys", "add", "--name", "n", "--role", "read"]):
            self.expect(f"{arguments[0]} in a read-only workspace", product.run(place, *arguments), [69],
                        ["permission", "read-only", "Read-only", "readonly"])
