"""Damages models, and looks whether it is noticed: by the commands, and by `serve`, which goes on with the version before."""

import collections
import json
import pathlib
import shutil
import struct
import time

import ledger
import material
from product import Service


class ModelFile:
    """A file of tensors, as far as its layout goes."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.bytes = self.path.read_bytes()
        self.start = 8 + struct.unpack("<Q", self.bytes[:8])[0]
        header = json.loads(self.bytes[8:self.start])
        header.pop("__metadata__", None)
        self.tensors = {name: (self.start + entry["data_offsets"][0], self.start + entry["data_offsets"][1])
                        for name, entry in header.items()}
        self.padding = len(self.bytes[8:self.start]) - len(self.bytes[8:self.start].rstrip(b" "))

    def places(self, random, count):
        """Bytes to flip, by the part of the file that they are in: every part has some."""
        places = [("length", place) for place in range(8)]
        places += [("padding", self.start - 1 - place) for place in range(self.padding)]
        places += [(name, random.randrange(start, end)) for name, (start, end) in self.tensors.items() if end > start]
        places += [("last byte", len(self.bytes) - 1)]
        while len(places) < count:
            part = random.choice(["header", "header", "data"])
            place = random.randrange(8, self.start) if part == "header" else random.randrange(self.start, len(self.bytes))
            places.append((part, place))
        return random.sample(places, min(count, len(places)))


class Damages:
    """A workspace of two versions, v2 being the active one, that is damaged in one way after another."""

    def __init__(self, product, workspace, random):
        self.product, self.random, self.workspace = product, random, workspace
        self.folders = {name: self.workspace / "models" / name for name in ("v1", "v2")}
        self.sound = {path: path.read_bytes() for folder in self.folders.values() for path in folder.iterdir()}
        self.answer = self.recommend().output
        self.tried = collections.Counter()
        self.faults = []

    def recommend(self):
        return self.product.run(self.workspace, "recommend", "--user", "u001", "--json")

    def restore(self):
        """Files that a running service may have mapped are replaced, never changed."""
        for path, data in self.sound.items():
            path.parent.mkdir(exist_ok=True)
            replace(path, data)
        replace(self.workspace / "models/current", b"v2\n")

    def fault(self, what, text):
        print(f"FAULT {what}: {text}", flush=True)
        self.faults.append(text)

    def flips(self, count):
        """Flips bytes of the active version, one at a time."""
        model = ModelFile(self.folders["v2"] / "model.safetensors")
        card = self.folders["v2"] / "card.json"
        places = [(model.path, part, place) for part, place in model.places(self.random, count)]
        places += [(card, "card", self.random.randrange(len(self.sound[card]))) for _ in range(count // 5)]
        for path, part, place in places:
            data = bytearray(self.sound[path])
            data[place] ^= self.random.randint(1, 255)
            replace(path, bytes(data))
            self.expect_noticed(f"flip in {path.name}, {part}, byte {place}")
            self.tried["flipped byte, " + ("card.json" if path == card else "model.safetensors")] += 1
            replace(path, self.sound[path])

    def others(self):
        """Damages of whole files: what each is called, and how it is done."""
        model, card = (self.folders["v2"] / name for name in ("model.safetensors", "card.json"))
        data = self.sound[model]
        earlier = self.folders["v1"]
        ways = {f"model cut to {length} bytes": lambda length=length: replace(model, data[:length])
                for length in (0, 7, 8, 1000, len(data) // 2, len(data) - 1)}
        ways["model with a byte more"] = lambda: replace(model, data + b"\0")
        ways["model of the version before"] = lambda: replace(model, self.sound[earlier / model.name])
        ways["card of the version before"] = lambda: replace(card, self.sound[earlier / card.name])
        ways["folders of two versions swapped"] = self.swap
        ways["model without a tensor"] = lambda: replace(model, without_tensor(data))
        ways["card cut in half"] = lambda: replace(card, self.sound[card][:len(self.sound[card]) // 2])
        ways["card missing"] = card.unlink
        ways["model missing"] = model.unlink
        ways["folder missing"] = lambda: shutil.rmtree(self.folders["v2"])
        return ways

    def swap(self):
        one, other, aside = self.folders["v1"], self.folders["v2"], self.workspace / "models/aside"
        for source, target in ((one, aside), (other, one), (aside, other)):
            source.rename(target)

    def expect_noticed(self, what, code=(65,)):
        """Either an error that says which version and what to do, or the answer of before; and `verify` sees it."""
        run = self.recommend()
        if run.code == 0 and run.output != self.answer:
            self.fault(what, "recommend gives another answer and says nothing")
        elif run.code != 0:
            if run.code not in code:
                self.fault(what, f"recommend exits with {run.code}: {run.errors.strip()}")
            for word in ("v2", "coldstart models rollback"):
                if word not in run.errors:
                    self.fault(what, f"recommend does not say '{word}': {run.errors.strip()}")
        run = self.product.run(self.workspace, "models", "verify")
        if run.code not in code:
            self.fault(what, f"models verify exits with {run.code}: {run.output} {run.errors.strip()}")
        elif "v2" not in run.output + run.errors:
            self.fault(what, f"models verify does not name v2: {run.output} {run.errors.strip()}")

    def commands(self):
        """What the commands say to damaged files, and that `rollback` mends it."""
        for what, damage in self.others().items():
            damage()
            both = "swapped" in what
            self.expect_noticed(what, (65, 66) if "missing" in what else (65,))
            self.tried["damaged file, commands"] += 1
            run = self.product.run(self.workspace, "models", "list")
            if run.code != 0:
                self.fault(what, f"models list exits with {run.code}: {run.errors.strip()}")
            if not both:
                run = self.product.run(self.workspace, "models", "rollback")
                if run.code != 0 or ledger.active(self.workspace) != "v1" or self.recommend().code != 0:
                    self.fault(what, f"rollback exits with {run.code}: {run.errors.strip()}")
            self.restore()

    def services(self, count):
        """`serve` over damaged files: it goes on with the version before, and says so."""
        ways = {what: damage for what, damage in self.others().items() if "swapped" not in what}
        model = ModelFile(self.folders["v2"] / "model.safetensors")
        for name in sorted(model.tensors):
            ways[f"flip in {name}"] = lambda name=name: self.flip(model, name)
        chosen = self.random.sample(sorted(ways), min(count, len(ways)))
        for number, what in enumerate(chosen):
            if number % 3 == 2:
                self.while_running(what, ways[what])
            else:
                self.at_start(what, ways[what])
            self.tried["damaged file, serve"] += 1
            self.restore()

    def flip(self, model, name):
        data = bytearray(model.bytes)
        data[self.random.randrange(*model.tensors[name])] ^= 1
        replace(model.path, bytes(data))

    def at_start(self, what, damage):
        damage()
        service = Service(self.product, self.workspace)
        try:
            if service.port is None:
                return self.fault(what, f"serve does not start: {service.text()[-500:]}")
            self.expect_fallback(what, service)
            self.expect_writes(what, service)
            # What the operator is told to do.
            run = self.product.run(self.workspace, "models", "rollback")
            if run.code != 0:
                self.fault(what, f"rollback exits with {run.code}: {run.errors.strip()}")
            self.expect_ready(what, service, "v1", None)
        finally:
            service.stop()

    def while_running(self, what, damage):
        """The file is damaged under the service, which sees it when it looks at the version again."""
        service = Service(self.product, self.workspace)
        try:
            self.expect_ready(what, service, "v2", None)
            damage()
            self.product.must(self.workspace, "rate", "--user", "u001", "--item", "m001", "--rating", "5")
            self.expect_fallback(what + ", running", service)
            self.expect_writes(what + ", running", service)
            self.product.must(self.workspace, "train", "-q")
            newest = ledger.versions(self.workspace)[-1]
            self.expect_ready(what, service, newest, None)
        finally:
            service.stop()
        for folder in (self.workspace / "models").glob("v[3-9]*"):
            shutil.rmtree(folder)

    def expect_ready(self, what, service, version, damaged):
        """Within seconds, as the service looks after its workspace once a second."""
        deadline = time.monotonic() + 10
        while True:
            status, health = service.get("/health/ready")
            if (status, health.get("model_version"), health.get("damaged_version")) == (200, version, damaged):
                return
            if time.monotonic() > deadline:
                return self.fault(what, f"/health/ready is {status} {health}, and not of {version}, damaged {damaged}")
            time.sleep(0.05)

    def expect_fallback(self, what, service):
        self.expect_ready(what, service, "v1", "v2")
        deadline = time.monotonic() + 5
        while not any(line.get("level") == "warning" and "v2" in json.dumps(line) for line in service.lines()):
            if time.monotonic() > deadline:
                return self.fault(what, f"the log has no warning of v2: {service.text()[-500:]}")
            time.sleep(0.05)

    def expect_writes(self, what, service):
        """It answers, and takes in what is new, as if nothing were."""
        client = service.client()
        film = material.Film(self.random, f"during-{self.random.getrandbits(32)}")
        for method, path, content, good in [
                ("GET", "/v1/users/u001/recommendations", {}, 200), ("POST", "/v1/items", {"form": film.form()}, 201),
                ("POST", "/v1/ratings", {"body": {"user_id": "u001", "item_id": film.id, "rating": 5}}, 200),
                ("DELETE", f"/v1/items/{film.id}", {}, 204)]:
            status, answer = client.ask(method, path, **content)
            if status != good:
                self.fault(what, f"{method} {path} is {status} {answer}")
        client.close()

    def all_damaged(self):
        """Without any good version nothing can answer: the service says why it does not start."""
        for folder in self.folders.values():
            model = folder / "model.safetensors"
            replace(model, self.sound[model][:1000])
        service = Service(self.product, self.workspace)
        code = service.stop()
        if service.port is not None or code != 65 or "v2" not in service.text():
            self.fault("all versions damaged", f"serve exits with {code}: {service.text()[-500:]}")
        self.tried["damaged file, serve"] += 1
        self.restore()


def replace(path, data):
    """Puts another file in the place of one."""
    aside = path.with_name(path.name + ".aside")
    aside.write_bytes(data)
    aside.rename(path)


def without_tensor(data):
    """A file as another release might have written it: one tensor is not there, and no checksums are."""
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    header["__metadata__"] = {key: text for key, text in header["__metadata__"].items() if not key.startswith("crc32")}
    last = max((name for name in header if name != "__metadata__"), key=lambda name: header[name]["data_offsets"][1])
    end = header.pop(last)["data_offsets"][0]
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data[start:start + end]
