"""What all parts of the test share: a service of their own, what they count, and what they find."""

import asyncio
import collections
import contextlib
import os
import random
import time

from document import Document
from product import Service
from wire import Connection, PATIENCE

MB = 1 << 20


class Setting:
    """What the parts are run with."""

    def __init__(self, product, workspace, seed, seconds, inputs):
        self.product, self.workspace, self.seed, self.seconds, self.inputs = product, workspace, seed, seconds, inputs
        self.document = None


class Served:
    """A service that runs, as the system sees it."""

    def __init__(self, service):
        self.service, self.port, self.pid = service, service.port, service.process.pid

    def memory(self):
        """Bytes that are resident; 0 where the process is gone."""
        try:
            with open(f"/proc/{self.pid}/status") as file:
                return next((int(line.split()[1]) << 10 for line in file if line.startswith("VmRSS")), 0)
        except OSError:
            return 0

    def files(self):
        """Open ones, connections among them; 0 where the process is gone."""
        try:
            return len(os.listdir(f"/proc/{self.pid}/fd"))
        except OSError:
            return 0

    async def has_files(self, most):
        """Waits until no more are open than so many."""
        deadline = time.monotonic() + PATIENCE
        while self.files() > most:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    def open(self, window=None):
        return Connection.open(self.port, window)


class Part:
    """Something that is done to a service."""

    name = ""
    # Bytes by which memory may grow, and why; see `watched`.
    growth = 64 * MB

    def __init__(self, setting):
        self.setting = setting
        self.random = random.Random(setting.seed)
        self.connections = self.requests = 0
        self.statuses = collections.Counter()
        # Seconds; 0 where nobody looks at the clock.
        self.worst = 0.0
        # Before and at most.
        self.memory = 0, 0
        self.findings = []
        # What else is to be told of it.
        self.remark = ""

    async def run(self):
        raise NotImplementedError

    def find(self, text):
        """Notes what should not be; the first ten are told."""
        self.findings.append(text)
        if len(self.findings) <= 10:
            print(f"FINDING in {self.name}: {text}", flush=True)

    def count(self, answer, seconds=0.0):
        self.requests += 1
        self.statuses[answer.status] += 1
        self.worst = max(self.worst, seconds)

    def row(self):
        statuses = " ".join(f"{status}×{count}" for status, count in sorted(self.statuses.items()))
        before, most = (round(value / MB) for value in self.memory)
        worst = f"{1000 * self.worst:.0f} ms" if self.worst else "–"
        return (self.name, str(self.connections), str(self.requests), statuses, worst,
                f"{before} to {most} MB", str(len(self.findings)))

    @contextlib.asynccontextmanager
    async def served(self, *options, product=None, token=None, may_fail=False):
        """A service with options. Afterwards it must still answer, have failed at nothing, and end when it is told to.

        `may_fail` is for one that is denied what it needs: it may say so in its log.
        """
        service = Service(product or self.setting.product, self.setting.workspace, *options)
        try:
            if service.port is None:
                self.find(f"the service does not listen: {service.text()[-500:]}")
                return
            served = Served(service)
            if self.setting.document is None:
                self.setting.document = await Document.read(served)
            yield served
            await self.answers(served, token)
            code = service.stop()
            if code != 0:
                self.find(f"the service ends with {code}: {service.text()[-500:]}")
            errors = [line for line in service.lines() if line.get("level") in ("error", "critical")]
            if errors and not may_fail:
                self.find(f"the service's log has {len(errors)} errors, the first: {errors[0]}")
        finally:
            service.kill()
            service.end()

    async def answers(self, served, token=None):
        """Whether it is alive, and gives lists."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            connection = await served.open()
            alive = await connection.ask("GET", "/health/live")
            answer = await connection.ask("GET", "/v1/users/u001/recommendations", headers=headers)
            connection.close()
            if alive.status != 200 or answer.status != 200 or len(answer.json()["recommendations"]) != 10:
                self.find(f"at the end it answers with {alive.status} and {answer.status}")
        except (OSError, EOFError, TimeoutError) as error:
            self.find(f"at the end it does not answer: {error!r}")

    @contextlib.asynccontextmanager
    async def watched(self, served):
        """Looks at memory all the while, and holds its growth against `growth`."""
        before = most = served.memory()

        async def look():
            nonlocal most
            while True:
                most = max(most, served.memory())
                await asyncio.sleep(0.1)

        task = asyncio.create_task(look())
        try:
            yield
        finally:
            task.cancel()
        most = max(most, served.memory())
        # A part with several services tells of the largest.
        self.memory = max(self.memory, (before, most), key=lambda pair: pair[1])
        if most - before > self.growth:
            self.find(f"memory grew from {before // MB} to {most // MB} MB, by more than {self.growth // MB}")
