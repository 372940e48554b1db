"""Implicit ALS (conjugate gradient) and BPR of the package implicit, on the likes in --files."""

import measure

chosen = measure.options(__doc__)

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # implicit has threads of its own, and asks for this

import numpy
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking

words = numpy.fromfile(os.path.join(chosen.files, "likes.bin"), dtype="<u4")
pairs = words[3:].reshape(-1, 2)
assert len(pairs) == words[2]
likes = scipy.sparse.csr_matrix(
    (numpy.ones(len(pairs), numpy.float32), (pairs[:, 0], pairs[:, 1])), shape=(words[0], words[1]))


def fit(model):
    """Seconds of the whole fit, and of its fastest epoch."""
    epochs = []
    whole = measure.seconds(
        lambda: model.fit(likes, show_progress=False, callback=lambda _, seconds, *rest: epochs.append(seconds)))
    return whole, min(epochs)


settings = {"factors": 64, "num_threads": chosen.threads, "random_state": 1}
fits = [fit(AlternatingLeastSquares(iterations=15, use_cg=True, **settings))[0] for _ in range(min(chosen.repeats, 3))]
measure.emit("mf", "ml1m/implicit_als_cg3_15it", threads=chosen.threads, s_best=min(fits))
whole, epoch = fit(BayesianPersonalizedRanking(iterations=10, **settings))
measure.emit(
    "mf", "ml1m/implicit_bpr_10ep", threads=chosen.threads, s_best=whole, s_per_epoch_best=epoch,
    Msamples_per_s=len(pairs) / epoch / 1e6)
