"""Posters for Scripts/test-api: a text drawn at random is no picture, and every request with one would be refused.

In the service's OpenAPI document `binary` and `byte` (base64) stand for posters only. PNGs are the sample's; JPEGs are made
here, each of one grey, so that nothing need be installed for them.
"""

import base64
import pathlib
import struct

import schemathesis
from hypothesis import strategies as st

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "SampleData"


def jpeg(width: int, height: int, grey: int) -> bytes:
    """A baseline JPEG (ITU-T T.81) whose blocks of 8×8 have a constant part only."""

    def segment(marker: int, content: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content

    # Unit quantisation: the constant part is eight times the mean. It is coded as its length in 4 bits, then itself; that
    # nothing else follows in a block is one bit, 0. Of the blocks after the first only the difference is coded: length 0.
    constant = 8 * (grey - 128)
    length = abs(constant).bit_length()
    value = constant if constant >= 0 else constant + (1 << length) - 1
    bits = f"{length:04b}" + (f"{value:0{length}b}" if length else "") + "0"
    bits += "00000" * (-(-width // 8) * -(-height // 8) - 1)
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    return b"".join([
        b"\xff\xd8",
        segment(0xDB, b"\x00" + b"\x01" * 64),
        segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"),
        segment(0xC4, b"\x00" + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12))),
        segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00"),
        segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
        scan,
        b"\xff\xd9",
    ])


files = sorted([*SAMPLE.glob("posters/*.png"), *SAMPLE.glob("new-arrivals/posters/*.png")])
pngs = st.sampled_from(files).map(pathlib.Path.read_bytes)
jpegs = st.builds(jpeg, st.integers(1, 120), st.integers(1, 120), st.integers(0, 255))

schemathesis.openapi.media_type("image/png", pngs)
schemathesis.openapi.media_type("image/jpeg", jpegs)
schemathesis.openapi.format("binary", pngs | jpegs)
schemathesis.openapi.format("byte", (pngs | jpegs).map(lambda file: base64.b64encode(file).decode()))
