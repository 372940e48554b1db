"""One page's commands, in one shell, in a folder of their own, as somebody would type them."""
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile

SERVE = re.compile(r"^(\w+=\S+ +)*coldstart( --workspace \S+)? serve\b")
# What a command may take, in seconds, before it counts as stuck.
LONGEST = 300

# `curl` fails where the answer is an error, which it does not by itself; a service is waited for, as people wait for it too.
PRELUDE = r"""
set -m
curl() { command curl --silent --show-error --fail-with-body --max-time 120 "$@"; }
await_service() {
    for attempt in $(seq 300); do
        command curl --silent --insecure --output /dev/null "http://127.0.0.1:$COLDSTART_PORT/health/live" && return 0
        command curl --silent --insecure --output /dev/null "https://127.0.0.1:$COLDSTART_PORT/health/live" && return 0
        kill -0 $1 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}
try_service() { await_service $! || return 1; kill $!; wait $! || true; }
end_services() { for job in $(jobs -p); do kill "$job" 2>/dev/null; done; wait; }
"""


def statements(block, first):
    """The commands of a block with their lines: several lines where the shell would ask for more."""
    pending, start = [], first
    for number, line in enumerate(block, first):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        if not pending:
            start = number
        pending.append(line)
        text = "\n".join(pending)
        if not line.endswith("\\") and subprocess.run(["bash", "-n", "-c", text], capture_output=True).returncode == 0:
            yield start, text
            pending = []
    if pending:
        yield start, "\n".join(pending)


class Shell:
    """A bash in a folder; each command is told apart by a line that its end is reported with."""

    def __init__(self, folder, binary):
        self.port = _free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COLDSTART_")}
        environment["PATH"] = f"{binary}{os.pathsep}{environment['PATH']}"
        environment["COLDSTART_PORT"] = str(self.port)
        environment["HOME"] = str(folder)
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ["bash"], cwd=folder, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.output, start_new_session=True)
        self.run(PRELUDE)

    def run(self, command):
        """Exit code of a command, and the last that it wrote."""
        start = self.output.seek(0, os.SEEK_END)
        text = re.sub(r"\b(localhost|127\.0\.0\.1):8080\b", rf"\1:{self.port}", command)
        if SERVE.match(text):
            background = re.search(r"&\s*(#.*)?$", text)
            text = re.sub(r"\s*(#.*)?$", "", text) if not background else text
            text += "\nawait_service $!" if background else " &\ntry_service"
        elif re.match(r"^kill %\d", text):
            text += " && wait"
        end = "end-of-command"
        self.process.stdin.write(f"{{ {text}\n}} 1>&2 </dev/null\necho {end} $?\n")
        self.process.stdin.flush()
        signal.alarm(LONGEST)
        try:
            answer = self.process.stdout.readline()
        except TimeoutError:
            answer = f"{end} 124"
        finally:
            signal.alarm(0)
        self.output.seek(start)
        words = self.output.read().decode(errors="replace").rstrip().split("\n")
        code = int(answer.split()[-1]) if answer.startswith(end) else 1
        return code, [line[:200] for line in words[-6:]]

    def close(self):
        """Ends the shell with all that it started."""
        try:
            self.run("end_services")
            self.process.stdin.close()
            self.process.wait(30)
        except (OSError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _stuck(*_):
    raise TimeoutError


signal.signal(signal.SIGALRM, _stuck)


def fresh(folder, material, workspace):
    """A folder with the reader's files, and with a trained workspace where one is given."""
    shutil.copytree(material, folder)
    if workspace:
        shutil.copytree(workspace, folder / ".coldstart")
