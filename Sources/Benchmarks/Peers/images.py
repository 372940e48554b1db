"""Pillow from the PNG and JPEG files in --files to 3×96×64 floats."""

import measure

chosen = measure.options(__doc__)

import io
import itertools
import os

import numpy
from PIL import Image


def floats(image):
    return numpy.ascontiguousarray(numpy.asarray(image).transpose(2, 0, 1), dtype=numpy.float32) * numpy.float32(1 / 255)


def whole(file):
    image = Image.open(io.BytesIO(file)).convert("RGB")
    return floats(image.resize((64, 96), Image.Resampling.BOX))


def draft(file):
    """Lets libjpeg scale down first."""
    image = Image.open(io.BytesIO(file))
    image.draft("RGB", (64, 96))
    return floats(image.resize((64, 96), Image.Resampling.BILINEAR))


def run(name, handle, suffix):
    files = [open(os.path.join(chosen.files, f"p{number}.{suffix}"), "rb").read() for number in range(4)]
    turn = itertools.cycle(files)
    best, median = measure.throughput(lambda: handle(next(turn)), chosen.repeats)
    measure.emit("image", name, threads=1, per_s_best=1 / best, per_s_median=1 / median, ms=best * 1e3)


run("pillow_png_resize_box", whole, "png")
run("pillow_jpeg_draft_bilinear", draft, "jpg")
