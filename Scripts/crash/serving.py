"""Kills `serve` while clients write as fast as they can, and while trainings run and are published."""

import collections
import http.client
import random
import threading
import time

import ledger
import material
import moments
from product import Service

CLIENTS = 4
# Seconds between two requests of a client beside a training, which gives way to answers.
PAUSE = 0.01
# Of items that the clients make in one life of the service; then they change and remove what there is.
MOST_FILMS = 40
BROKEN = (OSError, http.client.HTTPException)


class Writer(threading.Thread):
    """A client with films of its own: adds, replaces and removes them, and rates, one request after another."""

    def __init__(self, world, service, name, seed, pause=0):
        super().__init__(daemon=True)
        self.world, self.service, self.label, self.pause = world, service, name, pause
        self.random = random.Random(seed)
        self.films = []
        self.made = 0
        self.refused = collections.Counter()

    def run(self):
        client = self.service.client()
        try:
            while True:
                self.write(client)
                time.sleep(self.pause)
        except BROKEN:
            pass  # The service is gone.
        finally:
            client.close()

    def write(self, client):
        choice = self.random.random()
        if choice < 0.4 and self.made < MOST_FILMS // CLIENTS:
            film = material.Film(self.random, f"{self.label}-{self.made}")
            self.made += 1
            if self.ask(client, {("item", film.id): film.value}, "POST", "/v1/items", form=film.form()):
                self.films.append(film)
        elif choice < 0.5 and self.films:
            place = self.random.randrange(len(self.films))
            film = material.Film(self.random, self.films[place].id)
            if self.ask(client, {("item", film.id): film.value}, "PUT", f"/v1/items/{film.id}", form=film.form()):
                self.films[place] = film
        elif choice < 0.55 and len(self.films) > 2:
            # Never rated below: what goes with it is the item alone.
            film = self.films.pop()
            self.ask(client, {("item", film.id): None}, "DELETE", f"/v1/items/{film.id}")
        elif choice < 0.8:
            self.rate(client, 1)
        elif choice < 0.95:
            self.rate(client, 5)
        else:
            status, _ = client.ask("GET", f"/v1/users/u{self.random.randint(1, 600):03d}/recommendations")
            if status != 200:
                self.refused["GET", status] += 1

    def rate(self, client, count):
        items = [f"m{self.random.randint(1, 300):03d}" for _ in range(count)]
        ratings = {(f"{self.label}-{self.random.randrange(8)}", item): float(self.random.randint(1, 5)) for item in items}
        body = [{"user_id": user, "item_id": item, "rating": value} for (user, item), value in ratings.items()]
        self.ask(client, {("rating", *pair): value for pair, value in ratings.items()}, "POST", "/v1/ratings",
                 body=body[0] if count == 1 else {"ratings": body})

    def ask(self, client, writes, method, path, **content):
        before = self.world.ledger.before(writes)
        self.world.ledger.begin(writes)
        status, answer = client.ask(method, path, **content)
        if 200 <= status < 300:
            self.world.ledger.acknowledge(writes)
            return True
        self.world.ledger.refuse(writes, before)
        self.refused[method, status, answer.get("code")] += 1
        return False


class Operator(threading.Thread):
    """Has the service train, or activate versions in turn, until it is gone."""

    def __init__(self, world, service, kind):
        super().__init__(daemon=True)
        self.world, self.service, self.kind = world, service, kind
        self.refused = collections.Counter()

    def run(self):
        client = self.service.client()
        try:
            self.train(client) if self.kind == "training" else self.activate(client)
        except BROKEN:
            pass
        finally:
            client.close()

    def train(self, client):
        while True:
            version = f"v{int(ledger.versions(self.world.workspace)[-1][1:]) + 1}"
            self.world.may_be_active.add(version)
            status, training = client.ask("POST", "/v1/trainings", {"kind": "train", "seed": random.randint(1, 99)})
            if status != 202:
                self.refused["training", status, training.get("code")] += 1
                return
            while training["state"] == "running":
                time.sleep(0.02)
                _, training = client.ask("GET", f"/v1/trainings/{training['id']}")
            if training["state"] != "succeeded":
                self.refused["training", training["state"], training.get("message")] += 1
                return
            self.world.may_be_active = {version}

    def activate(self, client):
        while True:
            for version in ledger.versions(self.world.workspace):
                self.world.may_be_active.add(version)
                status, answer = client.ask("POST", f"/v1/models/{version}/activate")
                if status != 200:
                    self.refused["activate", status, answer.get("code")] += 1
                    return
                self.world.may_be_active = {version}


class ServiceKills:
    """Kills the service over a workspace, one time after another."""

    def __init__(self, world, kills):
        self.world, self.kills = world, kills
        self.refused = collections.Counter()
        self.startup = 1.0

    def kill(self):
        """Starts the service, lets it work, and kills it."""
        world = self.world
        kind = world.random.choices(["start", "writes", "training", "activation"], [1, 5, 6, 3])[0]
        start = time.monotonic()
        service = Service(world.product, world.workspace, waits=kind != "start")
        if kind == "start":
            time.sleep(world.random.uniform(0, self.startup))
            moment = "starting"
            threads = []
        else:
            if service.port is None:
                world.report("starting the service", [f"it does not listen: {service.text()}"])
                return
            self.startup = time.monotonic() - start
            threads, moment = self.work(service, kind)
        alive = service.process.poll() is None
        service.kill()
        service.end()
        for thread in threads:
            thread.join(20)
            self.refused.update(thread.refused)
        if not alive:
            world.report(f"serve, {moment}", [f"it ended by itself: {service.text()[-2000:]}"])
        self.kills["serve", moment] += alive
        errors = [line for line in service.lines() if line.get("level") in ("error", "critical")]
        world.report(f"serve, {moment}", [f"its log has {errors[:3]}"] if errors else [])
        world.check(f"serve, killed at '{moment}'")
        if len(ledger.versions(world.workspace)) > 4:
            world.expect_nothing_left_over()

    def work(self, service, kind):
        """Lets clients loose until the moment comes; gives them, and what the moment is called."""
        world, workspace = self.world, self.world.workspace
        chosen = self.moments(kind)
        threads = [
            Writer(world, service, world.next("client"), world.random.getrandbits(32), PAUSE if kind == "training" else 0)
            for _ in range(CLIENTS)]
        if kind != "writes":
            threads.append(Operator(world, service, kind))
        for thread in threads:
            thread.start()
        moment = moments.wait(
            world.random, chosen, 2.0 if kind == "training" else 1.0, lambda: service.process.poll() is None)
        return threads, f"{kind}: {moment}"

    def moments(self, kind):
        workspace = self.world.workspace
        if kind == "training":
            version = f"v{int(ledger.versions(workspace)[-1][1:]) + 1}"
            return {**moments.of_version(workspace, version), "trainings noted": moments.changes(workspace, "trainings.json")}
        if kind == "activation":
            return moments.of_activation(workspace)
        return {"log of 100 kB": moments.grows(workspace, "catalogue.sqlite-wal", 100_000)}
