"""Bytes that are no request, or two: each is refused, none is taken for another, and none ends the service."""

import asyncio

from part import Part
from wire import exchange, request

JSON = {"Content-Type": "application/json"}
HEAD = b"POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
RATING = b'{"user_id": "malformed", "item_id": "m001", "rating": 3}'
ALIVE = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# Inputs at once.
CROWD = 16


def get(path, headers=b""):
    return b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n"


def ratings(body, headers=None):
    return request("POST", "/v1/ratings", body, headers or JSON)


# What is wrong, the statuses of all answers that are right, and the bytes.
CASES = [
    ("no line of a request", [{400}], b"GARBAGE\r\n\r\n"),
    ("no target", [{400}], b"GET\r\n\r\n"),
    ("an unknown method", [{400, 405}], b"BREW /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ("a method that is not for this", [{405}], b"DELETE /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ("an unknown path", [{404}], get(b"/v2/items")),
    ("a version that will come", [{400}], b"GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n"),
    ("no version", [{400}], b"GET /health/live FTP/1.1\r\nHost: localhost\r\n\r\n"),
    ("HTTP/2", [{400}], b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ("TLS", [{400}], bytes.fromhex("16030100a5010000a10303") + bytes(150)),
    ("a space before the colon", [{400}], b"GET /health/live HTTP/1.1\r\nHost : localhost\r\n\r\n"),
    ("a header without colon", [{400}], get(b"/health/live", b"nonsense\r\n")),
    ("a header on two lines", [{400}], get(b"/health/live", b"X: a\r\n b\r\n")),
    ("NUL in a header", [{400}], get(b"/health/live", b"X: a\0b\r\n")),
    ("NUL in a path", [{400}], get(b"/v1/items/a\0b")),
    ("NUL in a path, encoded", [{400}], get(b"/v1/items/a%00b")),
    ("control characters in a query", [{400}], get(b"/v1/items?query=\x01\x02")),
    ("an escape that is none", [{400}], get(b"/v1/items/%zz")),
    ("half an escape", [{400}], get(b"/v1/items?query=%f")),
    ("an escape that is no UTF-8", [{400}], get(b"/v1/items/%ff%fe")),
    ("a path that is no UTF-8", [{400}], get(b"/v1/items/\xff\xfe")),
    ("a path that leads out", [{404}], get(b"/../../etc/passwd")),
    ("a path that leads out, encoded", [{400, 404}], get(b"/v1/items/..%2f..%2fetc%2fpasswd")),
    ("a parameter that nobody knows", [{400}], get(b"/v1/items?limitt=3")),
    ("a tag that is none", [{200}], get(b"/v1/items/m001", b'If-None-Match: "\r\n')),
    # Bodies whose end is in doubt: the next request must not be read out of them.
    ("a length and chunks", [{400}], HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + ALIVE),
    ("chunks and a length", [{400}], HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + ALIVE),
    ("two lengths", [{400}], HEAD + b"Content-Length: 0\r\nContent-Length: 60\r\n\r\n" + ALIVE),
    ("a list of lengths", [{400}], HEAD + b"Content-Length: 0, 60\r\n\r\n" + ALIVE),
    ("a length below nothing", [{400}], HEAD + b"Content-Length: -1\r\n\r\n" + ALIVE),
    ("a length with a sign", [{400}], HEAD + b"Content-Length: +2\r\n\r\n{}" + ALIVE),
    ("a length in base 16", [{400}], HEAD + b"Content-Length: 0x2\r\n\r\n{}" + ALIVE),
    ("a length beyond all numbers", [{400}], HEAD + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n" + ALIVE),
    ("an unknown encoding", [{400}], HEAD + b"Transfer-Encoding: gzip\r\n\r\n{}"),
    ("chunks that are not last", [{400}], HEAD + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" + ALIVE),
    ("chunks misspelt", [{400}], HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + ALIVE),
    ("chunks with a space before the colon", [{400}], HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + ALIVE),
    ("a chunk whose size is none", [{400}], CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n" + ALIVE),
    ("a chunk whose size is below nothing", [{400}], CHUNKED + b"-1\r\n{}\r\n0\r\n\r\n" + ALIVE),
    ("a chunk beyond all numbers", [{400}], CHUNKED + b"f" * 18 + b"\r\n{}" + ALIVE),
    ("a chunk longer than it says", [{400}], CHUNKED + b"1\r\n{}\r\n0\r\n\r\n" + ALIVE),
    ("a second chunk whose size is none", [{400}], CHUNKED + b"1\r\n{\r\nzz\r\n"),
    ("a body after a GET", [{200}, {200}], get(b"/health/live", b"Content-Length: 5\r\n") + b"GET /" + ALIVE),
    # Bodies that are no JSON, or another.
    ("no body", [{400}], ratings(b"")),
    ("half an object", [{400}], ratings(RATING[:-1])),
    ("an array", [{400}], ratings(b"[]")),
    ("a body that is no UTF-8", [{400, 422}], ratings(RATING.replace(b"malformed", b"\xff\xfe"))),
    ("half a surrogate", [{400, 422}], ratings(RATING.replace(b"malformed", b"\\ud800"))),
    ("NUL in an id", [{400, 422}], ratings(RATING.replace(b"malformed", b"a\\u0000b"))),
    ("a number that is none", [{400, 422}], ratings(RATING.replace(b"3", b"NaN"))),
    ("a text for a number", [{422}], ratings(RATING.replace(b"3", b'"3"'))),
    ("null", [{422}], ratings(RATING.replace(b"3", b"null"))),
    ("a property that nobody knows", [{422}], ratings(b'{"user": 1}')),
    ("no type", [{415}], ratings(RATING, {"X": "y"})),
    ("another type", [{415}], ratings(RATING, {"Content-Type": "text/xml"})),
    ("a type that is none", [{415}], ratings(RATING, {"Content-Type": ";;;/"})),
    ("a form without boundary", [{400}], request("POST", "/v1/items", b"x", {"Content-Type": "multipart/form-data"})),
    ("a form that is none", [{400}], request("POST", "/v1/items", b"x", {"Content-Type": "multipart/form-data; boundary=x"})),
    ("a poster that is none", [{422}], request("PUT", "/v1/items/m001/poster", b"GIF89a", {"Content-Type": "image/png"})),
    ("base64 that is none", [{422}], request("POST", "/v1/items", {"title": "x", "poster": "???"})),
    # Right, and seldom seen.
    ("three at once", [{200}, {200}, {200}], ALIVE * 3),
    ("one, and garbage", [{200}, {200}, {400}], ALIVE * 2 + b"GARBAGE\r\n\r\n"),
    ("one in chunks, and another", [{200}, {200}], CHUNKED + b"%x;ext=1\r\n%s\r\n0\r\nX: trailer\r\n\r\n" % (len(RATING), RATING) + ALIVE),
    ("one that closes, and another", [{200}], get(b"/health/live", b"Connection: close\r\n") + ALIVE),
    ("a whole address", [{200}], get(b"http://localhost/health/live")),
    ("who waits to send a body", [{100}, {408}], HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"),
    ("who need not wait to send a body", [{413}], HEAD + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"),
]


class Malformed(Part):
    """All cases, then random ones."""

    name = "malformed"

    async def run(self):
        async with self.served("--idle-timeout", 2, "--body-timeout", 1) as served, self.watched(served):
            await self.all(self.case(served, *case) for case in CASES)
            await self.pipeline(served)
            for _ in range(0, self.setting.inputs, CROWD):
                await self.all(self.input(served, self.draw()) for _ in range(CROWD))
            await self.answers(served)

    async def all(self, works):
        for result in await asyncio.gather(*works, return_exceptions=True):
            if result is not None:
                self.find(f"a client fails: {result!r}")

    async def case(self, served, name, expected, data):
        result = await self.exchange(served, name, data)
        if len(result.answers) != len(expected) or any(
                answer.status not in statuses for answer, statuses in zip(result.answers, expected)):
            self.find(f"{name} is answered with {result.statuses}, not {expected}: {[answer.body[:200] for answer in result.answers]}")
        for answer in result.answers:
            if fault := self.setting.document.problem_fault(answer):
                self.find(f"{name}: {fault}")

    async def exchange(self, served, name, data, finishes=False):
        """No answer may tell of a failure of the service, and each must be whole."""
        result = await exchange(served.port, data, finishes)
        self.connections += 1
        for answer in result.answers:
            self.count(answer, result.seconds)
            if answer.status >= 500:
                self.find(f"{name} is answered with {answer.status}: {answer.body[:200]!r}")
        if result.rest:
            self.find(f"{name} is answered with something that is no answer: {result.rest[:200]!r}")
        if not result.is_closed:
            self.find(f"{name} leaves a connection open: {result.statuses}")
        return result

    async def pipeline(self, served):
        """Many requests in one go are answered in their order."""
        limits = [self.random.randint(1, 20) for _ in range(200)]
        data = b"".join(get(b"/v1/users/u001/recommendations?limit=%d" % limit) for limit in limits)
        result = await self.exchange(served, "many at once", data)
        given = [len(answer.json().get("recommendations", [])) for answer in result.answers]
        if given != limits:
            self.find(f"{len(limits)} requests at once are answered in another order, or not at all: {given}")

    async def input(self, served, data):
        await self.exchange(served, f"the input {data!r}"[:600], data, finishes=True)

    def draw(self):
        """Bytes that were a request once, or never."""
        if self.random.random() < 0.15:
            return self.random.randbytes(self.random.randint(1, 2000))
        data = bytearray(self.random.choice([data for _, _, data in CASES] + [ratings(RATING)] * 20))
        for _ in range(self.random.choice([1, 1, 2, 5, 20])):
            place = self.random.randrange(len(data) + 1)
            change = self.random.randrange(4)
            if change == 0:
                data[place:place + 1] = self.random.randbytes(1)
            elif change == 1:
                data[place:place] = self.random.choice([b"\r\n", b"\n", b"\0", b":", b" ", b"%", b"\xff", b"0", b"\r\n\r\n", b"{"])
            elif change == 2:
                del data[place:place + self.random.randint(1, 20)]
            else:
                data[place:place] = data[:self.random.randint(1, 100)]
        return bytes(data)
