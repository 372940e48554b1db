"""Requests that are larger than anybody means them: all are refused with the right status, at once, and cost no memory."""

import asyncio
import json
import struct
import zlib

from part import MB, Part
from wire import exchange, request

# Bytes of a body, at most; and clients that send the same at once.
BODY, CROWD = MB, 8
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=edge"}


def png(width, height, depth=8, colour=2, content=b""):
    """A PNG that says it is so large."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
            + chunk(b"IDAT", content) + chunk(b"IEND", b""))


def jpeg(width, height):
    """The beginning of a JPEG that says it is so large."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    return (b"\xff\xd8\xff\xdb" + struct.pack(">H", 67) + b"\0" + b"\x01" * 64
            + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
            + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00\0\xff\xd9")


def field(name, content=b"", more=b""):
    return b'--edge\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + content + b"\r\n"


def poster(data):
    return request("PUT", "/v1/items/m001/poster", data, {"Content-Type": "image/png"})


def ratings(body):
    return request("POST", "/v1/ratings", body, JSON)


def form(body):
    return request("POST", "/v1/items", body + b"--edge--\r\n", FORM)


def chunked(chunks):
    head = b"POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def get(path="/v1/status", headers=b""):
    return b"GET " + path.encode() + b" HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n"


def promised(size):
    """A head whose body never comes."""
    return request("POST", "/v1/ratings", b"", {**JSON, "Content-Length": size})


def cases():
    """Requests by what is too large of them, with the statuses that are right. Made one at a time, as some are large."""
    yield "a body", {413}, ratings(b" " * (BODY + 1))
    yield "a body in chunks", {413}, chunked([b" " * 65536] * 20)
    yield "a body in small chunks", {413}, chunked([b" " * 16] * (BODY // 16 + 1))
    for path, kind in ("/v1/ratings", "application/json"), ("/v1/items", "multipart/form-data; boundary=edge"):
        yield "a body that is announced", {413}, request("POST", path, b"", {"Content-Type": kind, "Content-Length": BODY + 1})
    yield "a body of 9 TB that is announced", {413}, promised(9 * 10**12)
    yield "a poster", {413}, poster(b"\x89PNG\r\n\x1a\n" + b"\0" * BODY)
    yield "a header", {431}, get(headers=b"X-Long: " + b"x" * 20_000 + b"\r\n")
    yield "a header's name", {431}, get(headers=b"X" * 20_000 + b": x\r\n")
    yield "a header of 4 MB", {431}, get(headers=b"X-Long: " + b"x" * (4 * MB) + b"\r\n")
    yield "the headers", {431}, get(headers=b"X-Long: " + b"x" * 1000 + b"\r\n" + (b"X-Long: " + b"x" * 1000 + b"\r\n") * 40)
    yield "the number of headers", {431}, get(headers=b"X: y\r\n" * 1000)
    yield "the path", {414, 431}, get("/v1/items/" + "x" * 20_000)
    yield "the query", {414, 431}, get("/v1/items?query=" + "x" * 20_000)
    yield "the number of parameters", {400}, get("/v1/items?" + "&" * 10_000 + "x=1")
    yield "an id", {400}, get("/v1/items/" + "x" * 600)
    yield "the limit", {400}, get("/v1/items?limit=" + "9" * 5_000)
    yield "the cursor", {400}, get("/v1/items?cursor=" + "9" * 5_000)
    yield "the depth of arrays", {400}, ratings(b"[" * 900_000)
    yield "the depth of an object's array", {400}, ratings(b'{"ratings": ' + b"[" * 400_000 + b"]" * 400_000 + b"}")
    yield "the depth of objects", {400}, ratings(b'{"a":' * 150_000 + b"1" + b"}" * 150_000)
    yield "a number", {400, 422}, ratings(b'{"user_id": "u", "item_id": "m001", "rating": 1e999999}')
    yield "a number of many digits", {400, 422}, ratings(b'{"user_id": "u", "item_id": "m001", "rating": ' + b"9" * 500_000 + b"}")
    yield "a user's id", {422}, ratings({"user_id": "u" * 900_000, "item_id": "m001", "rating": 3})
    yield "the number of ratings", {422}, ratings(json.dumps({"ratings": [{"user_id": "u", "item_id": "m001", "rating": 3}] * 10_001}).encode())
    yield "the number of properties", {422}, ratings({f"p{number}": 0 for number in range(50_000)})
    yield "the number of users", {422}, request("POST", "/v1/recommendations", {"user_ids": ["u001"] * 101})
    yield "a title", {422}, request("POST", "/v1/items", {"title": "x" * 900_000})
    yield "a description", {422}, request("POST", "/v1/items", {"title": "x", "description": "x" * 900_000})
    yield "the number of genres", {422}, request("POST", "/v1/items", {"title": "x", "genres": ["x"] * 100_000})
    yield "the number of parts", {400}, form(field(b"title", b"x") + field(b"genre") * 15_000)
    yield "the number of columns", {422}, form(field(b"title", b"x") + b"".join(field(b"c%d" % number) for number in range(1_500)))
    yield "a part's header", {400, 422}, form(field(b"x" * 900_000))
    yield "a part's parameters", {400, 422}, form(field(b"x", more=b'; a="b"' * 100_000))
    yield "a boundary", {400}, request("POST", "/v1/items", b"x", {"Content-Type": "multipart/form-data; boundary=" + "x" * 10_000})
    yield "line ends in a form", {400}, request("POST", "/v1/items", b"\r\n--edg" * 100_000, FORM)
    for size in 20_000, 60_000, 2**31 - 1:
        yield f"a PNG of {size} × {size}", {413, 422}, poster(png(size, size))
    yield "a JPEG of 65,500 × 65,500", {413, 422}, poster(jpeg(65_500, 65_500))
    # Zeros that fill it: a thousandth of what it becomes.
    rows = zlib.compress(bytes(1 + 60_000 * 3) * 500, 9)
    yield "a PNG that grows", {413, 422}, poster(png(60_000, 60_000, content=rows))
    yield "a PNG that holds more than it says", {204, 413, 422}, poster(png(8, 8, content=rows))


class Oversized(Part):
    """Each by several clients at once."""

    name = "oversized"
    # A body may come up to the limit before it is refused, and is then held about twice, by each of the crowd; JSON is read
    # into parts that take many times its bytes.
    growth = (64 + 16 * CROWD * BODY // MB) * MB

    async def run(self):
        async with self.served("--body-limit", BODY) as served, self.watched(served):
            for name, statuses, data in cases():
                await self.crowd(served, name, statuses, data)

    async def crowd(self, served, name, statuses, data):
        for result in await asyncio.gather(*(exchange(served.port, data, finishes=True) for _ in range(CROWD))):
            self.connections += 1
            for answer in result.answers[:1]:
                self.count(answer, result.seconds)
                if fault := self.setting.document.problem_fault(answer):
                    self.find(f"{name} is too large: {fault}")
            if [status for status in result.statuses if status in statuses] != result.statuses or len(result.statuses) != 1:
                self.find(f"{name} is too large, and answered with {result.statuses}, not {statuses}; "
                          f"{[answer.body[:200] for answer in result.answers]}")
            if not result.is_closed:
                self.find(f"{name} is too large, and the connection is left open")
        await self.answers(served)
