"""Connections that do nothing, or are left in the middle, and more of them than there may be."""

import asyncio
import time

from part import Part
from product import Product
from wire import GONE, PATIENCE, request

# Of each kind.
CROWD = 16
# Connections that may be open, and those beyond.
MOST, BEYOND = 48, 24
# Who stays with half a request is told so before it counts as idle.
IDLE, BODY = 3, 1
HEAD = b"POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
ASKED = request("GET", "/v1/users/u001/recommendations")
# What is sent before a client leaves.
BEGINNINGS = [b"", HEAD[:40], HEAD, HEAD + b" " * 50, ASKED,
              HEAD.replace(b"Content-Length: 100", b"Transfer-Encoding: chunked") + b"ff\r\n{"]


class HalfOpen(Part):
    """One kind after another."""

    name = "half-open"

    async def run(self):
        async with self.served("--idle-timeout", IDLE, "--body-timeout", BODY) as served, self.watched(served):
            for leave in self.close, self.reset, self.finish, self.stay:
                await self.crowd(served, leave)
            await self.failures(served)
        async with self.served("--connections", MOST) as served, self.watched(served):
            await self.more_than_there_may_be(served, MOST)
        # As many connections as there may be, and not as many files.
        few = Product(self.setting.product.binary, prefix=["sh", "-c", f'ulimit -n {MOST}; exec "$0" "$@"'])
        async with self.served(product=few, may_fail=True) as served, self.watched(served):
            await self.more_than_there_may_be(served)

    async def crowd(self, served, leave):
        """Many clients leave in the same way; then the service has no more files open than before."""
        files = served.files()
        clients = [self.one(served, start, leave) for start in BEGINNINGS for _ in range(CROWD)]
        self.connections += len(clients)
        for result in await asyncio.gather(*clients, return_exceptions=True):
            if result is not None:
                self.find(f"a client that is to {leave.__name__} fails: {result!r}")
        if not await served.has_files(files):
            self.find(f"after clients that {leave.__name__}, {served.files()} files are open, not {files}")
        await self.answers(served)

    async def one(self, served, start, leave):
        connection = await served.open()
        await connection.send(start)
        await asyncio.sleep(self.random.choice([0, 0.05]))
        await leave(connection, start)
        connection.close()

    async def close(self, connection, start):
        """Leaves, and reads nothing."""

    async def reset(self, connection, start):
        connection.reset()

    async def finish(self, connection, start):
        """Sends nothing more, and reads what comes."""
        connection.finish()
        await self.last_answer(connection, start, {200} if start == ASKED else {400})

    async def stay(self, connection, start):
        """Does nothing more until it is closed."""
        await self.last_answer(connection, start, {200} if start == ASKED else {408})

    async def last_answer(self, connection, start, statuses):
        """Who has sent a head must be answered; whoever it is must be closed."""
        try:
            answer = await connection.answer()
            self.count(answer)
            if answer.status not in statuses:
                self.find(f"who sends {start[-40:]!r} and no more is answered with {answer.status}: {answer.body[:200]!r}")
        except GONE:
            if b"\r\n\r\n" in start:
                self.find(f"who sends {start[-40:]!r} and no more is not answered")
        if not await connection.is_closed():
            self.find(f"who sends {start[-40:]!r} and no more is not closed")

    async def failures(self, served):
        """A client that leaves is no failure of the service."""
        connection = await served.open()
        metrics = (await connection.ask("GET", "/metrics")).body.decode()
        connection.close()
        failed = [line for line in metrics.splitlines() if "_count" in line and 'status="5' in line]
        if failed:
            self.find(f"the service counts clients that leave as failures of its own: {failed}")

    async def more_than_there_may_be(self, served, most=None):
        """Those beyond wait, and are answered as soon as others leave."""
        files = served.files()
        self.connections += MOST + BEYOND
        self.answered, may_leave = 0, asyncio.Event()
        clients = [asyncio.create_task(self.turn(served, may_leave)) for _ in range(MOST + BEYOND)]
        deadline = time.monotonic() + PATIENCE
        while most and self.answered < most and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        # For those to be answered that should not be.
        await asyncio.sleep(1)
        if most and self.answered != most:
            self.find(f"{self.answered} connections are answered at once, and {most} may be open")
        may_leave.set()
        for result in await asyncio.gather(*clients, return_exceptions=True):
            if result is not None:
                self.find(f"one of more clients than there may be fails: {result!r}")
        if not await served.has_files(files):
            self.find(f"after more connections than there may be {served.files()} files are open, not {files}")

    async def turn(self, served, may_leave):
        connection = await served.open()
        answer = await connection.ask("GET", "/v1/users/u001/recommendations")
        self.count(answer)
        if answer.status != 200:
            self.find(f"one of more clients than there may be is answered with {answer.status}")
        self.answered += 1
        await may_leave.wait()
        connection.close()
