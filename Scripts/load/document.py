"""Which answers the service's own document allows."""

import re


class Document:
    """/openapi.json, as far as statuses go."""

    def __init__(self, content):
        # Method, form of the path, statuses.
        self.operations = [
            (method.upper(), re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(path)) + "$"),
             {int(status) for status in operation["responses"] if status != "default"})
            for path, methods in content["paths"].items()
            for method, operation in methods.items() if "responses" in operation]
        self.problem = set(content["components"]["schemas"]["Problem"]["required"])

    @classmethod
    async def read(cls, served):
        connection = await served.open()
        try:
            return cls((await connection.ask("GET", "/openapi.json")).json())
        finally:
            connection.close()

    def fault(self, method, path, answer):
        """What is wrong about an answer; None where nothing is."""
        path = path.split("?")[0]
        allowed = [statuses for known, form, statuses in self.operations if known == method and form.match(path)]
        if not allowed or answer.status not in allowed[0]:
            return f"{method} {path} is answered with {answer.status}, which is not documented: {answer.body[:300]!r}"
        fault = self.problem_fault(answer)
        return f"{method} {path}: {fault}" if fault else None

    def problem_fault(self, answer):
        """What an error lacks of a problem with a fix."""
        if answer.status < 400:
            return None
        if answer.headers.get("content-type") != "application/problem+json":
            return f"the answer {answer.status} is no problem+json"
        problem = answer.json()
        if not self.problem <= problem.keys() or problem["status"] != answer.status:
            return f"the answer {answer.status} is another problem: {problem}"
        if answer.status in (429, 503) and int(answer.headers.get("retry-after", 0)) < 1:
            return f"the answer {answer.status} does not say when to try again"
        return None
