"""ALS and BPR of coldstart beside those of the package implicit: NDCG@20 of held-out likes, each tuned on its own.

    swift build -c release --product Benchmarks
    python Sources/Benchmarks/Peers/ranking.py --train train.csv.gz --heldout heldout.csv.gz \
        --benchmarks .build/release/Benchmarks [--models als bpr] [--dimensions 64]

Both files have the columns user_id,item_id,rating; a rating of 4 or more is a like. Settings are chosen one after another,
from where the last one left off, by a tenth of every user's likes in --train, which the models then do not see. --heldout is
looked at once, by the models with these settings, learned from all of --train. Lists leave out what is in --train.
"""

import argparse
import csv
import gzip
import json
import os
import subprocess
import tempfile

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # implicit has threads of its own, and asks for this

import numpy
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking

CUTOFF = 20
LIKED = 4

# What is tried of each setting, in this order; the first value is where the search starts.
GRIDS = {
    ("coldstart", "als"): {
        "l2": [20, 5, 10, 40, 80, 160], "confidence": [8, 4, 6, 10, 16], "other": [1, 0], "epochs": [15, 10, 20, 30],
        "dimensions": [64, 32, 48, 96, 128]},
    ("implicit", "als"): {
        "l2": [20, 5, 10, 40, 80, 160], "confidence": [8, 4, 6, 10, 16], "other": [1, 0], "epochs": [15, 10, 20, 30],
        "dimensions": [64, 32, 48, 96, 128]},
    ("coldstart", "bpr"): {
        "l2": [0.02, 0.005, 0.01, 0.03, 0.05], "candidates": [8, 1, 4, 16], "rate": [0.1, 0.05, 0.2],
        "epochs": [20, 40], "dimensions": [64, 32, 96, 128]},
    ("implicit", "bpr"): {
        "rate": [0.01, 0.002, 0.005, 0.02, 0.05], "l2": [0.01, 0.0002, 0.001, 0.005, 0.02, 0.05],
        "epochs": [50, 20, 75, 100, 200], "dimensions": [64, 32, 96, 128]},
}


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", newline="") as file:
        return [(row["user_id"], row["item_id"], float(row["rating"])) for row in csv.DictReader(file)]


class Ratings:
    """Users, items and ratings as columns of numbers, users × items of them."""

    def __init__(self, users, items, values, shape):
        self.users, self.items, self.values, self.shape = users, items, values, shape

    def selecting(self, chosen):
        return Ratings(self.users[chosen], self.items[chosen], self.values[chosen], self.shape)

    def matrix(self, liked, other):
        """Likes weigh `liked`, other ratings `other`."""
        weights = numpy.where(self.values >= LIKED, liked, other).astype(numpy.float32)
        matrix = scipy.sparse.csr_matrix((weights, (self.users, self.items)), shape=self.shape)
        matrix.eliminate_zeros()
        return matrix

    def split(self, seed=1):
        """All but a tenth of every user's likes, and that tenth."""
        generator = numpy.random.default_rng(seed)
        hidden = numpy.zeros(len(self.users), bool)
        order = numpy.lexsort((generator.random(len(self.users)), self.values < LIKED, self.users))
        likes = numpy.bincount(self.users[self.values >= LIKED], minlength=self.shape[0])
        place = numpy.arange(len(order)) - numpy.searchsorted(self.users[order], self.users[order])
        hidden[order[place < (likes[self.users[order]] + 5) // 10]] = True
        return self.selecting(~hidden), self.selecting(hidden)


def ndcg(lists, held):
    """Mean over users with something held out; binary gain."""
    discounts = 1 / numpy.log2(numpy.arange(CUTOFF) + 2)
    wanted = [set() for _ in range(held.shape[0])]
    for user, item, value in zip(held.users, held.items, held.values):
        if value >= LIKED:
            wanted[user].add(item)
    scores = [
        sum(discounts[rank] for rank, item in enumerate(lists[user]) if item in relevant)
        / discounts[:min(len(relevant), CUTOFF)].sum()
        for user, relevant in enumerate(wanted) if relevant]
    return float(numpy.mean(scores))


def fit_coldstart(name, settings, ratings, chosen, seed):
    with tempfile.TemporaryDirectory() as folder:
        words = numpy.empty((len(ratings.users), 3), "<u4")
        words[:, 0], words[:, 1] = ratings.users, ratings.items
        words[:, 2] = ratings.values.astype("<f4").view("<u4")
        head = numpy.array([*ratings.shape, len(words)], "<u4")
        with open(os.path.join(folder, "ratings.bin"), "wb") as file:
            file.write(head.tobytes() + words.tobytes())
        command = [chosen.benchmarks, "fit", "--files", folder, "--model", name, "--json", "--seed", str(seed),
                   "--threads", str(chosen.threads), "--threshold", str(LIKED)]
        for setting, value in settings.items():
            command += ["--set", f"{setting}={value}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return numpy.fromfile(os.path.join(folder, "lists.bin"), "<u4").reshape(-1, CUTOFF)


def fit_implicit(name, settings, ratings, chosen, seed):
    shared = {"factors": settings["dimensions"], "iterations": settings["epochs"], "regularization": settings["l2"],
              "random_state": seed, "num_threads": chosen.threads}
    if name == "als":
        # A weight is the confidence of a preference of one, as with coldstart.
        model = AlternatingLeastSquares(**shared)
        model.fit(ratings.matrix(settings["confidence"], settings["other"]), show_progress=False)
    else:
        model = BayesianPersonalizedRanking(learning_rate=settings["rate"], **shared)
        model.fit(ratings.matrix(1, 0), show_progress=False)
    users = numpy.arange(ratings.shape[0])
    return model.recommend(users, ratings.matrix(1, 1), N=CUTOFF, filter_already_liked_items=True)[0]


FITS = {"coldstart": fit_coldstart, "implicit": fit_implicit}


def tune(side, name, ratings, chosen):
    """The settings that find hidden likes best, each setting in turn."""
    training, hidden = ratings.split()
    grid = GRIDS[side, name]
    best = {setting: values[0] for setting, values in grid.items()}
    if chosen.dimensions:
        best["dimensions"] = chosen.dimensions
        grid = {setting: values for setting, values in grid.items() if setting != "dimensions"}

    def judge(settings):
        found = ndcg(FITS[side](name, settings, training, chosen, seed=1), hidden)
        print(json.dumps({"tuning": side, "model": name, **settings, "ndcg20": round(found, 4)}), flush=True)
        return found

    reached = judge(best)
    for setting, values in grid.items():
        for value in values[1:]:
            found = judge({**best, setting: value})
            if found > reached:
                best, reached = {**best, setting: value}, found
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", required=True)
    parser.add_argument("--heldout", required=True)
    parser.add_argument("--benchmarks", required=True, help="the built program Benchmarks")
    parser.add_argument("--models", nargs="+", default=["als", "bpr"], choices=["als", "bpr"])
    parser.add_argument("--dimensions", type=int, help="as given; without it, tuned like the rest")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=3, help="fits with the chosen settings")
    chosen = parser.parse_args()

    train, held = read(chosen.train), read(chosen.heldout)
    users = {key: number for number, key in enumerate(sorted({row[0] for row in train}))}
    items = {key: number for number, key in enumerate(sorted({row[1] for row in train}))}

    def numbered(rows):
        known = [row for row in rows if row[0] in users and row[1] in items]
        return Ratings(
            numpy.array([users[row[0]] for row in known]), numpy.array([items[row[1]] for row in known]),
            numpy.array([row[2] for row in known], numpy.float32), (len(users), len(items)))

    ratings, held = numbered(train), numbered(held)
    for name in chosen.models:
        for side in FITS:
            best = tune(side, name, ratings, chosen)
            scores = [
                ndcg(FITS[side](name, best, ratings, chosen, seed), held) for seed in range(1, chosen.seeds + 1)]
            print(json.dumps({
                "result": side, "model": name, "settings": best, "ndcg20": round(float(numpy.mean(scores)), 4),
                "seeds": [round(score, 4) for score in scores]}), flush=True)


if __name__ == "__main__":
    main()
