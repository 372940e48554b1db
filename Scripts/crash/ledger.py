"""What the product said it had done, held against what is there."""

import hashlib
import pathlib
import re
import sqlite3
import threading

# Users of the sample but for the first: nothing writes ratings of theirs.
UNTOUCHED = re.compile("u(?!001)[0-9]{3}")
MODEL_FILES = {"model.safetensors", "card.json"}


class Ledger:
    """What may be true of every item and rating that was touched; only one thing, once its writing was acknowledged.

    Keys are ("item", id), ("rating", user, item) and, for users whom nothing here touches, ("ratings", user); values (title,
    digest of the poster), a number, and (count, sum); None for nothing.
    """

    def __init__(self):
        self.allowed = {}
        self.groups = []
        self.acknowledged = 0
        self.lock = threading.Lock()

    def begin(self, writes):
        """Writes are asked for, all or nothing: from now on each may be there."""
        with self.lock:
            for key, value in writes.items():
                self.allowed.setdefault(key, {None}).add(value)
            self.groups.append(writes)
        return writes

    def acknowledge(self, writes):
        with self.lock:
            self.groups.remove(writes)
            for key, value in writes.items():
                self.allowed[key] = {value}
            self.acknowledged += len(writes)

    def refuse(self, writes, before):
        """It was said that nothing was written."""
        with self.lock:
            self.groups.remove(writes)
            for key in writes:
                self.allowed[key] = before[key]

    def before(self, keys):
        with self.lock:
            return {key: set(self.allowed.get(key, {None})) for key in keys}

    def settle(self, there):
        """Holds everything against what is there; gives what is wrong, and takes what is there for true from now on."""
        faults = []
        for writes in self.groups:
            # A key that is there as asked for, or as it was; where both are the same it says nothing.
            told = {there.get(key) == value for key, value in writes.items() if self.allowed[key] != {value}}
            if len(told) > 1:
                faults.append(f"half of a write is there: {sorted(map(str, writes))[:3]} …")
        self.groups.clear()
        for key, allowed in self.allowed.items():
            if there.get(key) not in allowed:
                faults.append(f"{key} is {there.get(key)} and not {' or '.join(map(str, allowed))}")
            self.allowed[key] = {there.get(key)}
        return faults


def contents(workspace):
    """Items and ratings as the catalogue has them, without a trace: the product has opened it before."""
    database = sqlite3.connect(f"file:{workspace}/catalogue.sqlite?mode=ro", uri=True, timeout=10)
    try:
        there, posters = {}, set()
        for identifier, title, digest, extension in database.execute(
                "SELECT id, title, poster_digest, poster_extension FROM items"):
            there["item", identifier] = title, digest
            if digest:
                posters.add(f"{digest[:2]}/{digest}.{extension}")
        users = dict(database.execute("SELECT key, id FROM users"))
        items = dict(database.execute("SELECT key, id FROM items"))
        for user, count, total in database.execute("SELECT user_key, COUNT(*), SUM(value * item_key) FROM ratings GROUP BY 1"):
            there["ratings", users[user]] = count, total
        touched = [key for key, name in users.items() if not UNTOUCHED.fullmatch(name)]
        for user in touched:
            there.pop(("ratings", users[user]), None)
            for item, value in database.execute("SELECT item_key, value FROM ratings WHERE user_key = ?", [user]):
                there["rating", users[user], items[item]] = value
        sound = [row[0] for row in database.execute("PRAGMA integrity_check")]
        loose = database.execute("PRAGMA foreign_key_check").fetchall()
        faults = [] if sound == ["ok"] and not loose else [f"SQLite: {sound[:3]} {loose[:3]}"]
        return there, posters, faults
    finally:
        database.close()


def poster_faults(workspace, posters):
    """Posters that the catalogue refers to and that are missing or not what their name says."""
    faults = []
    for name in posters:
        path = pathlib.Path(workspace, "posters", name)
        if not path.is_file():
            faults.append(f"the poster {name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
            faults.append(f"the poster {name} is not whole")
    return faults


def model_faults(workspace):
    """Versions that are not whole."""
    models = pathlib.Path(workspace, "models")
    faults = []
    for folder in models.iterdir() if models.is_dir() else []:
        if not re.fullmatch(r"v[1-9][0-9]*", folder.name):
            continue
        names = {entry.name for entry in folder.iterdir()}
        if names != MODEL_FILES:
            faults.append(f"the version {folder.name} holds {sorted(names)}")
    return faults


def active(workspace):
    """The version that `current` names, or None."""
    file = pathlib.Path(workspace, "models/current")
    return file.read_text().strip() if file.exists() else None


def versions(workspace):
    """From the oldest to the newest."""
    models = pathlib.Path(workspace, "models")
    names = [folder.name for folder in models.iterdir() if re.fullmatch(r"v[1-9][0-9]*", folder.name)]
    return sorted(names, key=lambda name: int(name[1:]))


def leftovers(workspace, posters):
    """Files that belong to nothing: halves of writes, posters of no item."""
    known = {"catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm", "lock", "trainings.json", "keys.json",
             "models/current"}
    known.update("posters/" + name for name in posters)
    root = pathlib.Path(workspace)
    found = []
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and name not in known and not re.fullmatch(
                r"models/v[1-9][0-9]*/(model\.safetensors|card\.json)", name):
            found.append(name)
    return found
