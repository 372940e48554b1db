"""Runs the command as a user does, and `serve` as an operator does."""

import http.client
import json
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "SampleData"
# Longer than anything here takes, however busy the machine.
PATIENCE = 120


class Run:
    """A run that is over, or was ended."""

    def __init__(self, code, output, errors, seconds):
        self.code, self.output, self.errors, self.seconds = code, output, errors, seconds

    @property
    def was_killed(self):
        return self.code < 0

    def json(self):
        return json.loads(self.output)


class Process:
    """A command that runs."""

    def __init__(self, arguments, environment):
        # Files and not pipes, so that it never waits for a reader.
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err, env=environment)

    def is_running(self):
        return self.process.poll() is None

    def kill(self):
        self.process.kill()

    def end(self, timeout=PATIENCE):
        """Waits, and gives what it left."""
        code = self.process.wait(timeout)
        seconds = time.monotonic() - self.start
        texts = []
        for file in (self.out, self.err):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
            file.close()
        return Run(code, *texts, seconds)


class Product:
    """The command, with what to put before it and into its environment."""

    def __init__(self, binary, environment=None, prefix=()):
        self.binary = str(pathlib.Path(binary).resolve())
        self.prefix = list(prefix)
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("COLDSTART_")}
        self.environment.update(environment or {})

    def arguments(self, workspace, *arguments):
        return [*self.prefix, self.binary, "--workspace", str(workspace), *map(str, arguments)]

    def begin(self, workspace, *arguments):
        return Process(self.arguments(workspace, *arguments), self.environment)

    def run(self, workspace, *arguments):
        return self.begin(workspace, *arguments).end()

    def must(self, workspace, *arguments):
        """A run without which nothing here makes sense."""
        run = self.run(workspace, *arguments)
        if run.code != 0:
            raise SystemExit(f"coldstart {' '.join(map(str, arguments))} exits with {run.code}: {run.errors}")
        return run


class Service:
    """`coldstart serve`, on a port of its own."""

    def __init__(self, product, workspace, *arguments, waits=True):
        self.log = tempfile.NamedTemporaryFile(prefix="coldstart-log-")
        self.process = subprocess.Popen(
            product.arguments(workspace, "serve", "--port", "0", "--log-format", "json", *arguments),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log, env=product.environment)
        self.port = None
        if waits:
            self.wait_until_it_listens()

    def wait_until_it_listens(self):
        """Gives up where the process ends."""
        deadline = time.monotonic() + PATIENCE
        while self.port is None and self.process.poll() is None and time.monotonic() < deadline:
            for line in self.lines():
                if line.get("message") == "listening":
                    self.port = int(line["address"].rsplit(":", 1)[1])
            time.sleep(0.005)
        return self.port is not None

    def text(self):
        return pathlib.Path(self.log.name).read_text(errors="replace")

    def lines(self):
        """What the log has so far; a line that is being written is left out."""
        found = []
        for line in self.text().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                pass
        return found

    def client(self, timeout=PATIENCE):
        return Client(self.port, timeout)

    def get(self, path):
        client = self.client()
        try:
            return client.ask("GET", path)
        finally:
            client.close()

    def kill(self):
        self.process.kill()

    def stop(self):
        """As an operator does; gives the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()

    def end(self):
        return self.process.wait(PATIENCE)


class Client:
    """One connection, kept open."""

    def __init__(self, port, timeout):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def ask(self, method, path, body=None, form=None):
        """Status and JSON of the answer.

        Raises OSError or HTTPException where there is none.
        """
        headers = {}
        if form is not None:
            body, headers["Content-Type"] = form
        elif body is not None:
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        data = response.read()
        return response.status, json.loads(data) if data else {}

    def close(self):
        self.connection.close()
