"""Ordinary clients, many at once: lists, ratings, items with posters, each on a connection that it keeps open."""

import array
import asyncio
import random
import time

from material import Film
from part import MB, Part
from wire import GONE

# Of the clients, those that also add items: so the catalogue grows by as many, and then stays.
MOST_AUTHORS = 24
# Items that a client rates, again and again.
RATED = 20
# How often a client does what; writes are few, as they wait for the disk one after another.
SHARES = {"recommendations": 40, "similar": 14, "page": 8, "audience": 5, "show": 8, "poster": 6, "history": 5, "many": 2,
          "rate": 8, "rate_many": 2, "film_comes": 2}


class Client:
    """Does one thing after another, and looks at every answer."""

    def __init__(self, traffic, served, number):
        self.traffic, self.served = traffic, served
        self.name = f"client-{number}"
        self.random = random.Random(f"{traffic.setting.seed} {number}")
        self.items = self.random.sample(range(1, 301), RATED)
        # What was acknowledged.
        self.ratings = {}
        self.film = None
        self.shares = dict(SHARES)
        if number >= MOST_AUTHORS:
            del self.shares["film_comes"]
        self.tags = {}

    async def begin(self):
        """Everything that a client adds, once; what comes later takes its place."""
        self.connection = await self.served.open()
        await self.rate_many()
        if "film_comes" in self.shares:
            await self.film_comes()

    async def work(self, until):
        names, weights = zip(*self.shares.items())
        while time.monotonic() < until:
            await getattr(self, self.random.choices(names, weights)[0])()

    async def ask(self, method, path, body=None, form=None):
        """An answer that the document allows, in no more than its time."""
        headers = {}
        if form:
            body, headers["Content-Type"] = form
        if method == "GET" and path in self.tags:
            headers["If-None-Match"] = self.tags[path]
        start = time.monotonic()
        answer = await self.connection.ask(method, path, body, headers)
        self.traffic.took(answer, time.monotonic() - start)
        # The limits are higher than the load, so nobody is to be refused.
        if fault := self.traffic.setting.document.fault(method, path, answer):
            self.traffic.find(fault)
        elif answer.status >= 400:
            self.traffic.find(f"{method} {path} is answered with {answer.status}: {answer.body[:300]!r}")
        if answer.status == 304 and answer.headers.get("etag") != headers.get("If-None-Match"):
            self.traffic.find(f"GET {path} is not modified, and has another tag")
        if method == "GET" and len(self.tags) < 50 and "etag" in answer.headers:
            self.tags[path] = answer.headers["etag"]
        return answer

    async def recommendations(self):
        limit = self.random.choice([5, 10, 50])
        more = self.random.choice(["", "&only=new", "&explain=true", "&explore=1", "&genre=Drama&year=1990.."])
        path = f"/v1/users/u{self.random.randint(1, 600):03d}/recommendations?limit={limit}{more}"
        answer = await self.ask("GET", path)
        if answer.status == 200:
            count = len(answer.json()["recommendations"])
            if count > limit or not more and count < limit:
                self.traffic.find(f"GET {path} gives {count}")

    async def similar(self):
        await self.ask("GET", f"/v1/items/m{self.random.randint(1, 300):03d}/similar?limit=10")

    async def page(self):
        await self.ask("GET", f"/v1/items?limit={self.random.choice([10, 100])}&query={self.random.choice('aeiou')}")

    async def audience(self):
        await self.ask("GET", f"/v1/items/m{self.random.randint(1, 300):03d}/audience?limit=50")

    async def show(self):
        await self.ask("GET", f"/v1/users/u{self.random.randint(1, 600):03d}")

    async def poster(self):
        # Not modified but the first time: films never change these.
        await self.ask("GET", f"/v1/items/m{self.random.choice([1, 2, 3]):03d}/poster")

    async def history(self):
        answer = await self.ask("GET", f"/v1/users/{self.name}/ratings?limit=100")
        if answer.status == 200:
            there = {entry["item_id"]: entry["rating"] for entry in answer.json()["ratings"]}
            if there != self.ratings:
                self.traffic.find(f"{self.name} has the ratings {there} and not {self.ratings}")

    async def many(self):
        users = [f"u{self.random.randint(1, 600):03d}" for _ in range(10)]
        await self.ask("POST", "/v1/recommendations", {"user_ids": users, "limit": 10})

    def draw(self, items):
        return {f"m{item:03d}": float(self.random.randint(1, 5)) for item in items}

    async def rate(self):
        (item, value), = self.draw([self.random.choice(self.items)]).items()
        answer = await self.ask("POST", "/v1/ratings", {"user_id": self.name, "item_id": item, "rating": value})
        if answer.status == 200:
            self.ratings[item] = value

    async def rate_many(self):
        ratings = self.draw(self.items)
        body = [{"user_id": self.name, "item_id": item, "rating": value} for item, value in ratings.items()]
        answer = await self.ask("POST", "/v1/ratings", {"ratings": body})
        if answer.status == 200:
            self.ratings.update(ratings)

    async def film_comes(self):
        """A new one, or another one in its place."""
        film = Film(self.random, f"{self.name}-film")
        if self.film is None:
            answer = await self.ask("POST", "/v1/items", form=film.form())
        else:
            answer = await self.ask("PUT", f"/v1/items/{film.id}", form=film.form())
        if answer.status in (200, 201):
            self.film = film
            if not answer.json()["neighbours"]:
                self.traffic.find(f"{film.id} has no neighbours")

    async def end(self):
        """Whatever was acknowledged is there; then the film goes, for the next crowd to bring its own."""
        await self.history()
        if self.film:
            answer = await self.ask("GET", f"/v1/items/{self.film.id}")
            if answer.status == 200 and answer.json()["title"] != self.film.title:
                self.traffic.find(f"{self.film.id} is not what was sent last")
            await self.ask("DELETE", f"/v1/items/{self.film.id}")
        self.connection.close()


class Traffic(Part):
    """Many clients for a while."""

    # Clients write over what they wrote before, so that after their first writes the catalogue stays as large as it is. What
    # remains are tables of a few MB that are made anew at every change and that answers at work hold on to, and what the
    # allocator keeps for itself.
    growth = 96 * MB

    def __init__(self, setting, crowd):
        super().__init__(setting)
        self.name = f"load, {crowd}"
        self.connections = crowd
        self.times = array.array("f")

    def took(self, answer, seconds):
        self.count(answer, seconds)
        self.times.append(seconds)

    async def run(self):
        async with self.served() as served:
            clients = [Client(self, served, number) for number in range(self.connections)]
            await self.all(client.begin() for client in clients)
            self.times = array.array("f")
            start = time.monotonic()
            async with self.watched(served):
                await self.all(client.work(start + self.setting.seconds) for client in clients)
            self.tell(time.monotonic() - start)
            await self.all(client.end() for client in clients)

    async def all(self, works):
        """A client that fails is a finding, and ends no other."""
        for result in await asyncio.gather(*works, return_exceptions=True):
            if isinstance(result, (*GONE, TimeoutError, ValueError, KeyError)):
                self.find(f"a client fails: {result!r}")
            elif result is not None:
                raise result

    def tell(self, seconds):
        times = sorted(self.times)
        middle, high = (1000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
        self.remark = (f", {len(times) / seconds:.0f} requests/s, half in {middle:.1f} ms, 99 of 100 in {high:.0f} ms, "
                       f"all in {1000 * times[-1]:.0f} ms")
