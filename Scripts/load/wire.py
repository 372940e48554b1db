"""HTTP/1.1 as bytes on a connection, so that a client can do with it what no library would."""

import asyncio
import json
import socket
import struct
import time

from product import PATIENCE

HOST = "127.0.0.1"
GONE = ConnectionError, asyncio.IncompleteReadError


class Answer:
    """Of one request."""

    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        self.headers = {}
        for line in lines:
            name, value = line.split(":", 1)
            self.headers[name.lower()] = value.strip()
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of a problem; None where it is none."""
        return self.json().get("code") if self.headers.get("content-type") == "application/problem+json" else None


def request(method, path, body=None, headers=None):
    """The bytes of a request; a body that is no bytes goes as JSON."""
    lines = {"Host": "localhost"}
    if body is not None and not isinstance(body, bytes):
        body, lines["Content-Type"] = json.dumps(body).encode(), "application/json"
    if body is not None:
        lines["Content-Length"] = len(body)
    lines.update(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b"")


class Connection:
    """Kept open, one request after another."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port, window=None):
        """With a window, the other side can send no more than about so many bytes that nobody reads."""
        plain = socket.socket()
        if window:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, (HOST, port))
        # A small limit, as the reader takes in advance twice as much as it says.
        return cls(*await asyncio.open_connection(sock=plain, limit=window or 1 << 16))

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, method="GET"):
        """The next one.

        Raises one of GONE where the other side closed, and TimeoutError where nothing comes.
        """
        async with asyncio.timeout(PATIENCE):
            head = await self.reader.readuntil(b"\r\n\r\n")
            answer = Answer(head, b"")
            if method != "HEAD":
                answer.body = await self.reader.readexactly(int(answer.headers.get("content-length", 0)))
            return answer

    async def ask(self, method, path, body=None, headers=None):
        await self.send(request(method, path, body, headers))
        return await self.answer(method)

    async def is_closed(self, timeout=PATIENCE):
        """Waits for the other side to close, and drops what comes before."""
        try:
            async with asyncio.timeout(timeout):
                while await self.reader.read(1 << 16):
                    pass
        except ConnectionError:
            pass
        except TimeoutError:
            return False
        return True

    def finish(self):
        """Says that nothing more will be sent."""
        self.writer.write_eof()

    def close(self):
        self.writer.close()

    def reset(self):
        """Leaves without farewell: RST."""
        plain = self.writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


class Exchange:
    """What comes of bytes that are sent at once: the answers, and whether the connection was closed afterwards."""

    def __init__(self):
        self.answers, self.is_closed, self.seconds, self.rest = [], True, 0.0, b""

    @property
    def statuses(self):
        return [answer.status for answer in self.answers]


async def exchange(port, data, finishes=False):
    """Sends bytes, whatever they are, and reads until the other side closes."""
    result = Exchange()
    start = time.monotonic()
    connection = await Connection.open(port)

    async def send():
        try:
            await connection.send(data)
            if finishes:
                connection.finish()
        except (ConnectionError, OSError):
            pass  # Who refuses need not read on.

    sending = asyncio.create_task(send())
    received = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while chunk := await connection.reader.read(1 << 16):
                if not received:
                    result.seconds = time.monotonic() - start
                received += chunk
    except ConnectionError:
        pass
    except TimeoutError:
        result.is_closed = False
    sending.cancel()
    connection.close()
    result.seconds = result.seconds or time.monotonic() - start
    while b"\r\n\r\n" in received and received.startswith(b"HTTP/1."):
        head, rest = received.split(b"\r\n\r\n", 1)
        answer = Answer(head, b"")
        length = int(answer.headers.get("content-length", 0)) if answer.status not in (100, 304) else 0
        answer.body, received = rest[:length], rest[length:]
        result.answers.append(answer)
    result.rest = received
    return result
