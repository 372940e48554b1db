"""The files that pages speak of, made of the sample: what a reader would bring along."""
import csv
import gzip
import shutil
import subprocess

from pages import ROOT

SAMPLE = ROOT / "SampleData"


def make(folder, coldstart):
    """Fills a folder with a catalogue, arrivals, posters, ratings, a folder of MovieLens' layout and another recommender's factors."""
    catalogue = folder / "my-catalogue"
    catalogue.mkdir()
    for name in ("items.csv", "users.csv", "ratings.csv"):
        shutil.copy(SAMPLE / name, catalogue)
    shutil.copytree(SAMPLE / "posters", catalogue / "posters")
    shutil.copy(SAMPLE / "new-arrivals/arrivals.csv", folder)
    shutil.copytree(SAMPLE / "new-arrivals/posters", folder / "posters")
    # A poster is known by its bytes, not by its name.
    for name, poster in (("harbour.jpg", "n03.png"), ("a.jpg", "n05.png"), ("b.jpg", "n08.png")):
        shutil.copy(SAMPLE / "new-arrivals/posters" / poster, folder / name)
    with gzip.open(folder / "todays-ratings.csv.gz", "wt") as file:
        file.write("user_id,item_id,rating,timestamp\nu001,m113,4,1790000000\nu002,m256,5,1790000001\n")
    shutil.copytree(ROOT / "Models/sample", folder / "Models/sample")
    _movielens(folder / "ml-latest-small")
    _factors(folder, coldstart)


def _movielens(folder):
    folder.mkdir()
    with open(SAMPLE / "items.csv", newline="") as source, open(folder / "movies.csv", "w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["movieId", "title", "genres"])
        for row in csv.DictReader(source):
            year = f" ({row['year']})" if row["year"] else ""
            writer.writerow([int(row["item_id"][1:]), row["title"] + year, row["genres"] or "(no genres listed)"])
    with open(SAMPLE / "ratings.csv", newline="") as source, open(folder / "ratings.csv", "w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["userId", "movieId", "rating", "timestamp"])
        for row in csv.DictReader(source):
            writer.writerow([int(row["user_id"][1:]), int(row["item_id"][1:]), row["rating"], row["timestamp"]])


def _factors(folder, coldstart):
    """Vectors of the model that comes along, as another program would give them."""
    export = [coldstart, "--workspace", str(ROOT / "Models/sample"), "-q", "export", "vectors"]
    for name, options in (("items", []), ("users", ["--users"])):
        subprocess.run([*export, *options, str(folder / f"{name}.npy")], check=True, stdout=subprocess.DEVNULL)
        (folder / f"{name}.ids.txt").rename(folder / f"{name}.txt")
