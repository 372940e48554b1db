"""What is added: films with posters that nobody else has, users, ratings."""

import csv
import hashlib
import struct
import zlib

from product import SAMPLE

POSTERS = [path.read_bytes() for path in sorted((SAMPLE / "posters").glob("*.png"))[:20]]
WORDS = "harbour lantern winter orchard violin desert comet ballad mirror tide".split()


class Film:
    """A film with a poster of its own."""

    def __init__(self, random, identifier):
        self.id = identifier
        self.title = f"{random.choice(WORDS).title()} {random.randrange(10**9)}"
        # A comment in front of the last chunk makes other bytes of the same picture.
        text = b"tEXtComment\0" + identifier.encode() + struct.pack(">Q", random.getrandbits(63))
        chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
        picture = random.choice(POSTERS)
        self.poster = picture[:-12] + chunk + picture[-12:]
        self.digest = hashlib.sha256(self.poster).hexdigest()
        self.description = f"A {random.choice(WORDS)} and a {random.choice(WORDS)} meet."

    @property
    def value(self):
        """As the catalogue has it, as far as it is looked at."""
        return self.title, self.digest

    @property
    def place(self):
        """Of its poster, in the workspace."""
        return f"posters/{self.digest[:2]}/{self.digest}.png"

    def form(self):
        """As browsers send it: body and content type."""
        fields = {"id": self.id, "title": self.title, "description": self.description, "genre": "Drama"}
        parts = [f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
                 for name, text in fields.items()]
        parts.append(b'--edge\r\nContent-Disposition: form-data; name="poster"; filename="p.png"\r\n'
                     b"Content-Type: image/png\r\n\r\n" + self.poster + b"\r\n--edge--\r\n")
        return b"".join(parts), "multipart/form-data; boundary=edge"


def write_items(folder, films, name="items.csv"):
    """A file of films, with their posters beside it."""
    (folder / "posters").mkdir(parents=True, exist_ok=True)
    with open(folder / name, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["item_id", "title", "year", "genres", "description", "poster"])
        for film in films:
            (folder / "posters" / f"{film.id}.png").write_bytes(film.poster)
            rows.writerow([film.id, film.title, 2026, "Drama", film.description, f"posters/{film.id}.png"])
    return folder / name


def write_ratings(folder, ratings):
    """A file of ratings, by user and item."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "ratings.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["user_id", "item_id", "rating"])
        rows.writerows([user, item, value] for (user, item), value in ratings.items())
    return folder / "ratings.csv"
