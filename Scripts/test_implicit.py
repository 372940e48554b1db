"""What Scripts/test-implicit runs: factors of `implicit` go into coldstart, rows of titles it never saw come back."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares
from safetensors.numpy import load_file, save_file

SAMPLE = pathlib.Path("SampleData")
COLDSTART = sys.argv[1]
DIMENSIONS = 32
HELD_OUT_EVERY = 5


def ratings():
    with open(SAMPLE / "ratings.csv", newline="") as file:
        return [(row["user_id"], row["item_id"], float(row["rating"])) for row in csv.DictReader(file)]


def train(rows, users, items):
    """implicit's factors; a like counts eight times what a pair without a rating does."""
    likes = np.median([rating for _, _, rating in rows])
    user, item = ({name: place for place, name in enumerate(names)} for names in (users, items))
    matrix = scipy.sparse.csr_matrix(
        (
            [8.0 if rating >= likes else 1.0 for _, _, rating in rows],
            ([user[u] for u, _, _ in rows], [item[i] for _, i, _ in rows]),
        ),
        shape=(len(users), len(items)),
    )
    model = AlternatingLeastSquares(factors=DIMENSIONS, regularization=5.0, alpha=1.0, random_state=1, num_threads=1)
    model.fit(matrix, show_progress=False)
    return model.item_factors, model.user_factors


def ndcg(scores, liked):
    order = np.argsort(-scores)[:20]
    discounts = 1 / np.log2(np.arange(2, 22))
    gain = sum(discount for place, discount in zip(order, discounts) if liked[place])
    return gain / discounts[: min(20, liked.sum())].sum()


def main(folder):
    def run(*arguments):
        result = subprocess.run(
            [COLDSTART, "--workspace", folder / "w", *arguments, "-q"], capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"coldstart {' '.join(map(str, arguments))}\n{result.stderr}")
        return result.stdout

    def lines(name, names):
        (folder / name).write_text("\n".join(names) + "\n")
        return folder / name

    def exported(*options):
        run("export", "vectors", *options, folder / "out.npy")
        assert not (folder / "out.biases.npy").exists(), "implicit has no biases, and gets none"
        return (folder / "out.ids.txt").read_text().split(), np.load(folder / "out.npy")

    rows = ratings()
    users = sorted({user for user, _, _ in rows})
    items = sorted({item for _, item, _ in rows})
    cold = items[::HELD_OUT_EVERY]
    warm = [item for item in items if item not in set(cold)]
    known = [row for row in rows if row[1] not in set(cold)]
    item_factors, user_factors = train(known, users, warm)

    # What a company has: a catalogue with all titles, the ratings so far, and its recommender's factors.
    with open(folder / "ratings.csv", "w", newline="") as file:
        csv.writer(file).writerows([("user_id", "item_id", "rating"), *known])
    run("import", SAMPLE / "items.csv", folder / "ratings.csv")
    np.save(folder / "items.npy", item_factors)
    np.save(folder / "users.npy", np.asfortranarray(user_factors.astype("float64")))
    run("import-vectors", "--items", folder / "items.npy", "--item-ids", lines("items.txt", warm),
        "--users", folder / "users.npy", "--user-ids", lines("users.txt", users))

    # 1. What went in comes out.
    ids, back = exported()
    place = {name: row for row, name in enumerate(ids)}
    error = abs(back[[place[item] for item in warm]] - item_factors).max() / abs(item_factors).max()
    print(f"learned rows come back to {error:.1e} of the largest number")
    assert error < 1e-4

    # 2. Titles that implicit never saw are ranked better than by chance by implicit's own users.
    ids, vectors = exported("--only", "new")
    assert sorted(ids) == cold
    column = {name: place for place, name in enumerate(ids)}
    likes = np.median([rating for _, _, rating in rows])
    liked = np.zeros((len(users), len(ids)), bool)
    row_of = {name: place for place, name in enumerate(users)}
    for user, item, rating in rows:
        if item in column and rating >= likes:
            liked[row_of[user], column[item]] = True
    scores = user_factors @ vectors.T
    chance = np.random.default_rng(1).random(scores.shape)
    judged = [user for user in range(len(users)) if liked[user].any()]
    found, random = (np.mean([ndcg(s[user], liked[user]) for user in judged]) for s in (scores, chance))
    print(f"{len(ids)} titles without ratings, ranked by implicit's users: NDCG@20 {found:.3f}, by chance {random:.3f}")
    assert found > 1.2 * random

    # 3. A new film with a poster: implicit ranks it among the others as coldstart does.
    poster = sorted((SAMPLE / "new-arrivals" / "posters").iterdir())[0]
    run("add", "--title", "The Last Lantern", "--id", "lantern", "--genre", "Drama", "--year", "2026", "--poster", poster,
        "--description", "A detective follows a smuggler through the rain of an old harbour.")
    ids, vectors = exported()
    scores = user_factors @ vectors.T
    run("recommend", "--all-users", "-n", "1000", "--only", "seen-too", "--output", folder / "lists.csv")
    column = {name: place for place, name in enumerate(ids)}
    differences = []
    with open(folder / "lists.csv", newline="") as file:
        for row in csv.DictReader(file):
            score = scores[row_of[row["user_id"]], column[row["item_id"]]]
            differences.append(abs(float(row["score"]) - score))
    assert len(differences) == len(users) * len(ids), "lists hold every title"
    print(f"{len(differences):,} scores of coldstart and implicit differ by at most {max(differences):.1e}")
    assert max(differences) < 1e-3

    # 4. The same by safetensors, in and out.
    save_file({"items": item_factors, "users": user_factors}, folder / "in.safetensors",
              metadata={"item_ids": "\n".join(warm), "user_ids": "\n".join(users)})
    run("import-vectors", "--items", folder / "in.safetensors", "--users", folder / "in.safetensors")
    run("export", "vectors", folder / "out.safetensors")
    again = load_file(folder / "out.safetensors")["items"]
    assert np.array_equal(again[: len(vectors) - 1], vectors[: len(vectors) - 1]), "the same by another format"
    print("safetensors give the same")


with tempfile.TemporaryDirectory() as name:
    main(pathlib.Path(name))
print("passed")
