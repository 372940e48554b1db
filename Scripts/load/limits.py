"""What an operator sets: keys, rates, requests at work."""

import asyncio

from part import Part
from wire import request

WORK = 4
LIST = "/v1/users/u001/recommendations"
RATING = {"user_id": "limits", "item_id": "m001", "rating": 3}


class Limits(Part):
    """One limit after another. Keys come last, as they stay in the workspace."""

    name = "limits"

    async def run(self):
        async with self.served("--body-timeout", 30) as served, self.watched(served):
            await self.names(served)
            await self.states(served)
        async with self.served("--concurrency", WORK, "--body-timeout", 30) as served, self.watched(served):
            await self.work(served)
        async with self.served("--rate", 2, "--burst", 5) as served, self.watched(served):
            await self.rate(served)
        keys = {role: self.key(role) for role in ("read", "write", "admin", "revoked")}
        self.product("keys", "revoke", keys["revoked"].split("_")[1])
        async with self.served(token=keys["read"]) as served, self.watched(served):
            await self.roles(served, keys)
        async with self.served("--rate", 0.01, "--burst", 3, token=keys["admin"]) as served, self.watched(served):
            await self.rate_of_keys(served, keys)

    def product(self, *arguments):
        return self.setting.product.must(self.setting.workspace, *arguments).output.strip()

    def key(self, role):
        return self.product("keys", "add", "-q", "--name", role, "--role", "read" if role == "revoked" else role)

    async def expect(self, served, what, status, method, path, body=None, headers=None, code=None):
        """A request on a connection of its own."""
        connection = await served.open()
        self.connections += 1
        answer = await connection.ask(method, path, body, headers)
        connection.close()
        self.count(answer)
        if answer.status != status or code and answer.code != code:
            self.find(f"{what} is answered with {answer.status}, not {status}: {answer.body[:300]!r}")
        elif fault := self.setting.document.problem_fault(answer):
            self.find(f"{what}: {fault}")
        return answer

    async def names(self, served):
        """Without keys, it answers to this machine only, and not to pages of others."""
        await self.expect(served, "another host's name", 403, "GET", LIST, headers={"Host": "example.com"}, code="request.host")
        await self.expect(served, "another site's page", 403, "POST", "/v1/ratings", RATING, {"Sec-Fetch-Site": "cross-site"},
                          "request.cross_site")
        await self.expect(served, "this machine", 200, "POST", "/v1/ratings", RATING)

    async def states(self, served):
        """What is right, and does not go with what is there."""
        await self.expect(served, "an item that is there", 409, "POST", "/v1/items", {"id": "m001", "title": "x"}, code="item.exists")
        await self.expect(served, "another id", 409, "PUT", "/v1/items/m001", {"id": "m002", "title": "x"}, code="item.other_id")
        await self.expect(served, "an item that is not there", 404, "GET", "/v1/items/none", code="item.unknown")
        await self.expect(served, "a rating of none", 404, "POST", "/v1/ratings", {**RATING, "item_id": "none"}, code="item.unknown")
        answer = await self.expect(served, "a method that is not for this", 405, "DELETE", "/v1/status", code="request.method")
        if "GET" not in answer.headers.get("allow", ""):
            self.find(f"405 does not say what is allowed: {answer.headers}")

    async def work(self, served):
        """While as many requests wait for their bodies as may be at work, others are refused; then they are not."""
        data = request("POST", "/v1/ratings", RATING)
        held = [await served.open() for _ in range(WORK)]
        for connection in held:
            await connection.send(data[:-1])
        # Until all of them are at work.
        for _ in range(600):
            if (await self.gauge(served)) >= WORK:
                break
            await asyncio.sleep(0.05)
        for path in LIST, "/v1/status", "/openapi.json":
            await self.expect(served, "one request more than may be at work", 503, "GET", path, code="service.busy")
        await self.expect(served, "a probe of a busy service", 200, "GET", "/health/live")
        await self.expect(served, "a probe of a busy service", 200, "GET", "/health/ready")
        await self.expect(served, "a look at a busy service", 200, "GET", "/metrics")
        for connection in held:
            await connection.send(data[-1:])
            answer = await connection.answer()
            self.count(answer)
            if answer.status != 200:
                self.find(f"a request that held a place is answered with {answer.status}")
            connection.close()
        await self.expect(served, "a service that is not busy any more", 200, "GET", LIST)

    async def gauge(self, served):
        """Requests that are at work, but for the one that asks."""
        connection = await served.open()
        text = (await connection.ask("GET", "/metrics")).body.decode()
        connection.close()
        line, = (line for line in text.splitlines() if line.startswith("coldstart_http_requests_in_flight"))
        return float(line.split()[-1]) - 1

    async def rate(self, served):
        """A burst, then refusals that say when to come back; who waits so long is answered."""
        connection = await served.open()
        self.connections += 1
        refused = None
        for _ in range(500):
            answer = await connection.ask("GET", LIST)
            self.count(answer)
            if fault := self.setting.document.fault("GET", LIST, answer):
                self.find(fault)
            if answer.status == 429:
                refused = answer
                break
        if refused is None:
            self.find("500 requests in a row are all answered, and 2 in a second may come")
            return
        await self.expect(served, "a probe of who asks too often", 200, "GET", "/health/live")
        await asyncio.sleep(int(refused.headers["retry-after"]) + 0.5)
        answer = await connection.ask("GET", LIST)
        self.count(answer)
        if answer.status != 200:
            self.find(f"who waits as long as 429 says is answered with {answer.status}")
        connection.close()
        # For the look at the end.
        await asyncio.sleep(1)

    async def rate_of_keys(self, served, keys):
        """Every key has a rate of its own."""
        for role, statuses in ("read", [200, 200, 200, 429, 429]), ("write", [200]):
            for status in statuses:
                await self.expect(served, f"one request of many by the key {role}", status, "GET", LIST,
                                  headers={"Authorization": f"Bearer {keys[role]}"})

    async def roles(self, served, keys):
        """What each may do, in order of what it takes."""
        asked = {"read": ("GET", LIST, None), "write": ("POST", "/v1/ratings", RATING),
                 "admin": ("DELETE", "/v1/trainings/none", None)}
        order = list(asked)
        for role, key in {**keys, "unknown": keys["read"][:-64] + "0" * 64, "garbage": "\u00ff" * 40, "no": None}.items():
            for needed, (method, path, body) in asked.items():
                headers = {} if key is None else {"Authorization": f"Bearer {key}"}
                if role not in order:
                    status = 401
                elif order.index(role) < order.index(needed):
                    status = 403
                else:
                    status = 404 if needed == "admin" else 200
                answer = await self.expect(served, f"{method} {path} with the key {role}", status, method, path, body, headers)
                if status == 401 and not answer.headers.get("www-authenticate", "").startswith("Bearer"):
                    self.find(f"401 does not say what is wanted: {answer.headers}")
        await self.expect(served, "a probe without key", 200, "GET", "/health/live")
        await self.expect(served, "the document without key", 200, "GET", "/openapi.json")
