"""Kills commands at random and at chosen moments."""

import collections
import shutil

import ledger
import material
import moments
from world import World


class Operation:
    """A command to be killed: its arguments, what it writes, and the moments to choose from."""

    def __init__(self, arguments, writes=None, chosen=None, activates=None):
        self.arguments = arguments
        self.writes = writes or {}
        self.chosen = chosen or {}
        # The version that is active once it is done.
        self.activates = activates

    @property
    def name(self):
        first, second = map(str, self.arguments[:2])
        return f"{first} {second}" if first == "models" or second == "--from" else first


def films(world, count):
    return [material.Film(world.random, world.next("film")) for _ in range(count)]


def values(films):
    return {("item", film.id): film.value for film in films}


def draw_ratings(world, items, count):
    users = [world.next("user") for _ in range(max(1, count // 10))]
    ratings = {}
    while len(ratings) < count:
        ratings[world.random.choice(users), world.random.choice(items)] = float(world.random.randint(1, 5))
    return ratings


def sample_items(world, count):
    return [f"m{world.random.randint(1, 300):03d}" for _ in range(count)]


def import_batch(world):
    batch = films(world, 12)
    ratings = draw_ratings(world, [film.id for film in batch] + sample_items(world, 200), 2000)
    folder = world.folder / world.next("batch")
    material.write_items(folder, batch)
    material.write_ratings(folder, ratings)
    return Operation(
        ["import", folder], {**values(batch), **keyed(ratings)},
        {**moments.of_posters(world.workspace, batch), **moments.of_catalogue(world.workspace)})


def keyed(ratings):
    return {("rating", *pair): value for pair, value in ratings.items()}


def add(world):
    film = films(world, 1)[0]
    folder = world.folder / world.next("one")
    material.write_items(folder, [film])
    return Operation(
        ["add", "--id", film.id, "--title", film.title, "--description", film.description, "--poster",
         folder / "posters" / f"{film.id}.png"],
        values([film]), {**moments.of_posters(world.workspace, [film]), **moments.of_catalogue(world.workspace)})


def add_many(world):
    """Row by row: so each is a write of its own; see `kill`."""
    batch = films(world, 6)
    file = material.write_items(world.folder / world.next("many"), batch, "arrivals.csv")
    chosen = moments.of_posters(world.workspace, batch[2:4])
    return Operation(["add", "--from", file], values(batch), {**chosen, **moments.of_catalogue(world.workspace)})


def rate(world):
    user = world.random.choice(["u001", world.next("user")])
    item, value = sample_items(world, 1)[0], float(world.random.randint(1, 5))
    return Operation(
        ["rate", "--user", user, "--item", item, "--rating", value], {("rating", user, item): value},
        moments.of_catalogue(world.workspace))


def rate_many(world):
    ratings = draw_ratings(world, sample_items(world, 250), 3000)
    file = material.write_ratings(world.folder / world.next("ratings"), ratings)
    return Operation(["rate", "--from", file], keyed(ratings), moments.of_catalogue(world.workspace))


def next_version(world):
    return f"v{int(ledger.versions(world.workspace)[-1][1:]) + 1}"


def train(world):
    version = next_version(world)
    return Operation(
        ["train", "--seed", world.random.randint(1, 99)], None, moments.of_version(world.workspace, version), version)


def retrain(world):
    version = next_version(world)
    return Operation(["retrain", "--force"], None, moments.of_version(world.workspace, version), version)


def activate(world):
    others = [name for name in ledger.versions(world.workspace) if name != ledger.active(world.workspace)]
    if not others:
        return train(world)
    version = world.random.choice(others)
    return Operation(
        ["models", "activate", version], None,
        {**moments.of_activation(world.workspace), **moments.of_catalogue(world.workspace)}, version)


def prune(world):
    names = ledger.versions(world.workspace)
    removed = [name for name in names[:-1] if name != ledger.active(world.workspace)]
    if not removed:
        return train(world)
    return Operation(["models", "prune", "--keep", 1], None, moments.of_pruning(world.workspace, removed[0]))


# How often each is killed, of all.
SHARES = {import_batch: 5, add: 5, add_many: 3, rate: 4, rate_many: 3, train: 7, retrain: 5, activate: 6, prune: 2}


class CommandKills:
    """Kills commands over a workspace, one after another."""

    def __init__(self, world: World):
        self.world = world
        # Seconds that each takes, by name.
        self.seconds = {}
        self.kills = collections.Counter()

    def measure(self):
        """How long each takes that is left alone."""
        for make in SHARES:
            operation = make(self.world)
            run = self.finish(operation, self.begin(operation))
            if run.code != 0:
                raise SystemExit(f"test-crash: {operation.name} exits with {run.code}: {run.errors}")
            self.seconds[make] = run.seconds
        self.world.check("measuring")

    def begin(self, operation):
        operation.groups = self.groups(operation)
        operation.begun = [self.world.ledger.begin(writes) for writes in operation.groups]
        if operation.activates:
            self.world.may_be_active.add(operation.activates)
        return self.world.product.begin(self.world.workspace, *operation.arguments)

    def groups(self, operation):
        """What is written all or nothing. `add --from` and only it goes row by row."""
        if operation.arguments[:2] == ["add", "--from"]:
            return [{key: value} for key, value in operation.writes.items()]
        return [operation.writes] if operation.writes else []

    def finish(self, operation, process):
        """Takes what was acknowledged: by the answer, or by the exit code."""
        run = process.end()
        if run.code == 0 or run.output:
            for writes in operation.begun:
                self.world.ledger.acknowledge(writes)
            if operation.activates:
                self.world.may_be_active = {operation.activates}
        elif not run.was_killed:
            self.world.report(operation.arguments[0], [f"it exits with {run.code}: {run.errors.strip()}"])
        return run

    def kill(self, make):
        """Kills the command once; gives whether it was still there to be killed."""
        operation = make(self.world)
        name = operation.name
        process = self.begin(operation)
        moment = moments.wait(
            self.world.random, operation.chosen, 1.05 * self.seconds.get(make, 1), process.is_running)
        process.kill()
        run = self.finish(operation, process)
        if run.was_killed:
            self.kills[name, moment] += 1
        self.world.may_wait = self.world.may_wait or make is import_batch
        self.world.check(f"{name}, killed at '{moment}'" if run.was_killed else name)
        if make is import_batch:
            self.repeat(operation)
        return run.was_killed

    def repeat(self, operation):
        """An import that was killed is done again, and places what waits."""
        run = self.finish(operation, self.begin(operation))
        self.world.may_wait = run.code != 0
        self.world.check("importing again")
        shutil.rmtree(operation.arguments[1])


def kill_first_imports(world, kills, wanted, seconds):
    """Kills imports into a folder that is no workspace yet, and completes them; they take so many seconds."""
    product, place = world.product, world.folder / "first"
    expected = None
    done = 0
    while done < wanted:
        for _ in range(world.random.randint(1, 4)):
            chosen = {
                "folder made": moments.appears(place, "models"), "file made": moments.appears(place, "catalogue.sqlite"),
                "log made": moments.appears(place, "catalogue.sqlite-wal"), "lock made": moments.appears(place, "lock"),
                "log of 1 MB": moments.grows(place, "catalogue.sqlite-wal", 1 << 20),
                "first posters": moments.gains_a_file(place, "posters"),
            }
            process = product.begin(place, "import", "-q", material.SAMPLE)
            name = moments.wait(world.random, chosen, seconds, process.is_running)
            process.kill()
            run = process.end()
            if run.was_killed:
                done += 1
                kills["first import", name] += 1
            run = product.run(place, "status", "--json")
            counts = [run.json()[key] for key in ("items", "users", "ratings")] if run.code == 0 else None
            if run.code not in (0, 66) or counts not in (None, [0, 0, 0], [300, 600, 40000]):
                world.report(f"a first import, killed at '{name}'", [f"status exits with {run.code}: {counts} {run.errors.strip()}"])
        run = product.run(place, "import", "-q", material.SAMPLE)
        if run.code != 0:
            world.report("first imports", [f"the next one exits with {run.code}: {run.errors.strip()}"])
        else:
            product.must(place, "models", "prune")
            there, posters, faults = ledger.contents(place)
            expected = expected or len(there)
            faults += ledger.poster_faults(place, posters)
            faults += [f"left over: {name}" for name in ledger.leftovers(place, posters)[:5]]
            world.report("first imports", faults + ([] if len(there) == expected else [f"{len(there)} rows and not {expected}"]))
        shutil.rmtree(place)
