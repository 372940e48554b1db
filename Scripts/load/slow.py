"""Clients that send or read so slowly that they hold a connection for nothing, and an ordinary one beside them."""

import asyncio
import time

from part import MB, Part
from wire import GONE, request

# Of each kind; but for those that have large answers made, which takes a while.
CROWD, READERS, LONG = 24, 6, 40
IDLE, BODY = 2, 2
# Seconds in which the client beside is answered. It takes milliseconds; what is refuted is that it waits for the slow ones.
BESIDE = 10
# Makes an answer of 2 MB; three of them no buffer takes.
LARGE = {"user_ids": [f"u{number:03d}" for number in range(1, 41)], "limit": 100, "explain": True}
RATING = b'{"user_id": "slow", "item_id": "m001", "rating": 3}'


class SlowClients(Part):
    """All at once."""

    name = "slow clients"
    # Of answers that nobody reads 2 MB are made, out of ten times as much, and held until their time is over.
    growth = (64 + 10 * 2 * READERS) * MB

    def __init__(self, setting):
        super().__init__(setting)
        self.unreads = []

    async def run(self):
        async with self.served("--idle-timeout", IDLE, "--body-timeout", BODY) as served, self.watched(served):
            files = served.files()
            beside = asyncio.create_task(self.beside(served))
            kinds = self.head, self.body, self.chunks, self.pipeline, self.patient
            clients = [kind(served) for kind in kinds for _ in range(CROWD)] + [self.reader(served) for _ in range(READERS)]
            self.connections = len(clients) + 1
            for result in await asyncio.gather(*clients, return_exceptions=True):
                if result is not None:
                    self.find(f"a slow client fails: {result!r}")
            # Nobody has closed these but the service.
            if not await served.has_files(files + 1):
                self.find(f"of {len(self.unreads)} clients that read nothing {served.files() - files - 1} are not cut off")
            for connection in self.unreads:
                connection.close()
            if beside.done():
                self.find(f"who asks beside slow clients fails: {beside.exception()!r}")
            beside.cancel()
            await self.overtake(served)

    async def overtake(self, served):
        """Who asks for little does not wait for many who asked for much before; by order, not by the clock."""
        async def much():
            connection = await served.open()
            self.count(await connection.ask("POST", "/v1/recommendations", LARGE))
            connection.close()

        before = [asyncio.create_task(much()) for _ in range(LONG)]
        self.connections += LONG + 1
        # From then on the others are at work, or wait for a thread.
        while sum(task.done() for task in before) < LONG // 10:
            await asyncio.sleep(0.01)
        connection = await served.open()
        for path in "/health/live", "/v1/users/u001/recommendations?limit=7":
            self.count(await connection.ask("GET", path))
            done = sum(task.done() for task in before)
            if done > LONG * 3 // 4:
                self.find(f"GET {path} is answered after {done} of {LONG} long answers that were asked for before")
        connection.close()
        await asyncio.gather(*before)

    async def beside(self, served):
        """Asks all the while, as if it were alone."""
        connection = await served.open()
        while True:
            start = time.monotonic()
            answer = await connection.ask("GET", f"/v1/users/u{self.random.randint(1, 600):03d}/recommendations")
            seconds = time.monotonic() - start
            self.count(answer, seconds)
            if answer.status != 200 or seconds > BESIDE:
                self.find(f"who asks beside slow clients gets {answer.status} after {seconds:.1f} s")
            await asyncio.sleep(0.02)

    async def drip(self, connection, data):
        """Byte by byte, until the other side closes."""
        try:
            for byte in data:
                await connection.send(bytes([byte]))
                await asyncio.sleep(0.1)
        except GONE:
            pass

    async def head(self, served):
        """Its head never ends: it is closed as one that does nothing, answered or not."""
        connection = await served.open()
        dripping = asyncio.create_task(self.drip(connection, b"GET /v1/status HTTP/1.1\r\n" + b"X-More: x\r\n" * 1000))
        if not await connection.is_closed():
            self.find("a head that drips in is not cut off")
        dripping.cancel()
        connection.close()

    async def body(self, served):
        await self.late(served, request("POST", "/v1/ratings", b"", {"Content-Type": "application/json", "Content-Length": 5000}),
                        b" " * 5000)

    async def chunks(self, served):
        await self.late(served, b"POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n" * 1000)

    async def late(self, served, head, body):
        """Its body takes too long to come: it is told so, and closed."""
        connection = await served.open()
        await connection.send(head)
        dripping = asyncio.create_task(self.drip(connection, body))
        answer = await connection.answer()
        self.count(answer)
        if answer.status != 408 or answer.code != "request.slow":
            self.find(f"a body that drips in is answered with {answer.status}: {answer.body[:300]!r}")
        if not await connection.is_closed():
            self.find("a connection whose body drips in is left open")
        dripping.cancel()
        connection.close()

    async def reader(self, served):
        """Reads nothing of large answers."""
        await self.unread(served, request("POST", "/v1/recommendations", LARGE) * 4)

    async def pipeline(self, served):
        """Reads nothing of many answers."""
        await self.unread(served, request("GET", "/openapi.json") * 200)

    async def unread(self, served, data):
        connection = await served.open(window=4096)
        connection.writer.transport.pause_reading()
        self.unreads.append(connection)
        self.requests += 1
        connection.writer.write(data)

    async def patient(self, served):
        """Slow, and in time: it is answered as anybody, and again on the same connection."""
        connection = await served.open()
        for _ in range(2):
            data = request("POST", "/v1/ratings", RATING, {"Content-Type": "application/json"})
            for part in data[:50], data[50:-20], data[-20:]:
                await connection.send(part)
                await asyncio.sleep(0.1)
            answer = await connection.answer()
            self.count(answer)
            if answer.status != 200:
                self.find(f"who is slow and in time is answered with {answer.status}: {answer.body[:300]!r}")
        connection.close()
