"""The exact scan of FAISS for the ten largest inner products."""

import measure

chosen = measure.options(__doc__)

import itertools

import faiss
import numpy

DIMENSIONS, WANTED = 64, 10
MIXING = numpy.random.default_rng(7).standard_normal((24, DIMENSIONS)) * 0.9 ** numpy.arange(24)[:, None]


def vectors(count, seed):
    """Mixtures of 24 factors of falling strength, with noise, and of lengths that differ."""
    generator = numpy.random.default_rng(seed)
    mixed = generator.standard_normal((count, 24), dtype=numpy.float32) @ MIXING.astype(numpy.float32)
    mixed += 0.3 * generator.standard_normal((count, DIMENSIONS), dtype=numpy.float32)
    return numpy.ascontiguousarray(mixed * generator.lognormal(0, 0.2, (count, 1)), dtype=numpy.float32)


def index(count, seed):
    flat = faiss.IndexFlatIP(DIMENSIONS)
    flat.add(vectors(count, seed))
    return flat


faiss.omp_set_num_threads(chosen.threads)
queries = vectors(1_000, 3)
for count in (10_000, 100_000, 1_000_000):
    flat, turn = index(count, 11), itertools.cycle(range(1_000))

    def one():
        query = next(turn)
        flat.search(queries[query:query + 1], WANTED)

    best, median = measure.latency(one, chosen.repeats, 200 if count < 500_000 else 40)
    measure.emit(
        "topn", f"faiss_flat_ip/{count}", threads=chosen.threads, us_best=best * 1e6, us_median=median * 1e6)
flat, users = index(3_706, 5), vectors(6_040, 6)
best, median = measure.throughput(lambda: flat.search(users, WANTED), chosen.repeats)
measure.emit(
    "topn", "batch_6040x3706/faiss_flat_ip", threads=chosen.threads, ms_best=best * 1e3, ms_median=median * 1e3,
    users_per_s=len(users) / best)
