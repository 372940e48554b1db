"""Two processes over one workspace."""

import fcntl
import shutil
import threading
import time

import material
from part import Part
from product import Service


class TwoProcesses(Part):
    """The second waits, or says that it may not write now; nothing of either is lost."""

    name = "two processes"

    def run(self):
        world, product = self.world, self.world.product
        words = ["another process is writing"]
        films = [material.Film(world.random, world.next("film")) for _ in range(6)]
        folder = world.folder / world.next("two")
        material.write_items(folder, films)
        runs = []

        def add(film):
            runs.append((film, product.run(
                world.workspace, "add", "--id", film.id, "--title", film.title, "--poster",
                folder / "posters" / f"{film.id}.png")))

        threads = [threading.Thread(target=add, args=[film]) for film in films]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for film, run in runs:
            writes = world.ledger.begin({("item", film.id): film.value})
            if run.code == 0:
                world.ledger.acknowledge(writes)
            else:
                self.expect("one of several adds", run, [69], words)
        world.check("several adds at once")
        if not self.is_short:
            self.against_a_long_writer(words)
        self.two_services()
        self.two_first_imports()

    def against_a_long_writer(self, words):
        """A process that holds the workspace for longer than anybody waits."""
        world = self.world
        with open(world.workspace / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            start = time.monotonic()
            run = world.product.run(world.workspace, "rate", "--user", "u001", "--item", "m001", "--rating", "3")
            self.expect("rating while another process writes", run, [69], words)
            if not 2 < time.monotonic() - start < 20:
                self.fault("rating while another process writes", f"it waits {time.monotonic() - start:.1f} s")
            if world.product.run(world.workspace, "recommend", "--user", "u001").code != 0:
                self.fault("reading while another process writes", "it fails")

    def two_services(self):
        """Two services over one workspace see what the other wrote."""
        world = self.world
        services = [Service(world.product, world.workspace) for _ in range(2)]
        try:
            clients = [service.client() for service in services]
            for turn in range(2 if self.is_short else 6):
                film = material.Film(world.random, world.next("film"))
                writes = world.ledger.begin({("item", film.id): film.value})
                status, answer = clients[turn % 2].ask("POST", "/v1/items", form=film.form())
                if status != 201:
                    self.fault("two services", f"adding is {status} {answer}")
                    continue
                world.ledger.acknowledge(writes)
                deadline = time.monotonic() + 5
                while (status := clients[1 - turn % 2].ask("GET", f"/v1/items/{film.id}/similar")[0]) != 200:
                    if time.monotonic() > deadline:
                        self.fault("two services", f"the other one does not know {film.id}: {status}")
                        break
                    time.sleep(0.05)
        finally:
            for service in services:
                service.kill()
                service.end()
        world.check("two services")

    def two_first_imports(self):
        """A first import that fails takes nothing away from one beside it."""
        world, product = self.world, self.world.product
        bad = world.folder / "bad"
        bad.mkdir(exist_ok=True)
        (bad / "items.csv").write_text("item_id,title\na,A\na,B\n")
        for _ in range(2 if self.is_short else 12):
            place = world.folder / "shared"
            first = product.begin(place, "import", bad)
            time.sleep(world.random.uniform(0, 0.06))
            second = product.begin(place, "import", material.SAMPLE)
            third = product.begin(place, "import", bad)
            runs = [process.end() for process in (first, second, third)]
            if runs[1].code == 0:
                status = product.run(place, "status", "--json")
                if status.code != 0 or status.json()["ratings"] != 40000:
                    self.fault("two first imports", f"the good one said it was done, and status says {status.output} {status.errors}")
            else:
                self.expect("a first import beside one that fails", runs[1], [69], ["another process", "try again"])
            shutil.rmtree(place, ignore_errors=True)
