"""A full disk."""

import contextlib
import os

import ledger
import material
from part import Part, mounts, unmount
from product import Service


class FullDisk(Part):
    """Whatever does not fit is refused as a whole, and fits once there is room."""

    name = "full disk"
    # Writes that the full disk did not take.
    refused = 0

    def run(self):
        place = self.world.folder / "small"
        place.mkdir()
        if not mounts("-t", "tmpfs", "-o", f"size={24 << 20}", "coldstart-test", place):
            self.skipped = "mounting is not allowed here"
            return
        try:
            disk = SmallDisk(place)
            product, workspace = self.world.product, place / "w"
            product.must(workspace, "import", "-q", material.SAMPLE)
            product.must(workspace, "train", "-q")
            self.there, _, _ = ledger.contents(workspace)
            for left in (20_000,) if self.is_short else (0, 4096, 20_000, 100_000, 400_000):
                self.commands_on_full_disk(disk, workspace, left)
                self.service_on_full_disk(disk, workspace, left)
            product.must(workspace, "models", "prune")
            _, posters, _ = ledger.contents(workspace)
            for name in ledger.leftovers(workspace, posters)[:5]:
                self.fault("a full disk", f"left over: {name}")
        finally:
            unmount(place)

    def commands_on_full_disk(self, disk, workspace, left):
        world = self.world
        film, *batch = [material.Film(world.random, world.next("film")) for _ in range(101)]
        folder = world.folder / world.next("batch")
        material.write_items(folder, batch)
        material.write_items(folder / "one", [film])
        poster = folder / "one/posters" / f"{film.id}.png"
        rating = ("rating", "u001", "m001")
        for arguments, writes in (
                (["import", folder], {("item", one.id): one.value for one in batch}), (["train"], {}), (["retrain", "--force"], {}),
                (["models", "activate", "v1"], {}), (["import", material.SAMPLE], {}),
                (["rate", "--user", "u001", "--item", "m001", "--rating", left % 5 + 0.5], {rating: left % 5 + 0.5}),
                (["add", "--id", film.id, "--title", film.title, "--poster", poster], {("item", film.id): film.value})):
            what = f"{arguments[0]} with {left} bytes left"
            disk.fill(left)
            run = world.product.run(workspace, *arguments)
            disk.empty()
            if run.code != 0:
                self.refused += 1
                self.expect(what, run, [69], ["space", "full", "room"])
            self.expect_whole(what, workspace, writes, run.code == 0)
            world.product.must(workspace, "models", "prune", "--keep", "1")

    def service_on_full_disk(self, disk, workspace, left):
        """It answers that it cannot, goes on answering everything else, and can once there is room."""
        world = self.world
        what = f"serve with {left} bytes left"
        service = Service(world.product, workspace)
        try:
            client = service.client()
            disk.fill(left)
            writes = {}
            for _ in range(3):
                film = material.Film(world.random, world.next("film"))
                status, answer = client.ask("POST", "/v1/items", form=film.form())
                if status == 201:
                    writes["item", film.id] = film.value
                else:
                    self.refused += 1
                    if status != 503:
                        self.fault(what, f"adding is {status} {answer}")
                status, answer = client.ask("GET", "/v1/users/u001/recommendations")
                if status != 200:
                    self.fault(what, f"recommending is {status} {answer}")
            disk.empty()
            film = material.Film(world.random, world.next("film"))
            status, answer = client.ask("POST", "/v1/items", form=film.form())
            writes["item", film.id] = film.value
            if status != 201:
                self.fault(what, f"adding once there is room is {status} {answer}")
            self.expect_whole(what, workspace, writes, True)
        finally:
            disk.empty()
            service.kill()
            service.end()

    def expect_whole(self, what, workspace, writes, is_done):
        """All that was there is there, and of these writes all or none."""
        product = self.world.product
        there, posters, faults = ledger.contents(workspace)
        faults += ledger.poster_faults(workspace, posters) + ledger.model_faults(workspace)
        expected = {**self.there, **writes} if is_done else self.there
        wrong = [key for key in expected.keys() | there.keys() if expected.get(key) != there.get(key)]
        if wrong:
            faults.append(f"{len(wrong)} rows are not as they should be: {wrong[:3]}")
        for arguments in (["recommend", "--user", "u001"], ["models", "verify"]):
            run = product.run(workspace, *arguments)
            if run.code != 0:
                faults.append(f"{arguments[0]} exits with {run.code}: {run.errors.strip()}")
        self.world.report(what, faults)
        self.there = there


class SmallDisk:
    """A disk that is filled up with one file."""

    def __init__(self, place):
        self.place, self.ballast = place, place / "ballast"

    def fill(self, left):
        """Until so many bytes are left."""
        room = os.statvfs(self.place)
        with open(self.ballast, "wb") as file, contextlib.suppress(OSError):
            file.write(b"\0" * max(0, room.f_bavail * room.f_frsize - left))

    def empty(self):
        self.ballast.unlink(missing_ok=True)
