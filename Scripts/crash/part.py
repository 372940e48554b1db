"""What parts of the test share."""

import subprocess


class Part:
    """Something that is tried on a world. `is_short` leaves out what only repeats."""

    def __init__(self, world, is_short):
        self.world, self.is_short = world, is_short
        # Why it could not be tried.
        self.skipped = None

    def fault(self, what, text):
        self.world.report(what, [text])

    def expect(self, what, run, codes, words):
        """An exit code and words of a message; never a crash."""
        if run.code not in codes or not any(word in run.errors for word in words):
            self.fault(what, f"{what} exits with {run.code}: {run.errors.strip()[-300:]}")


def mounts(*arguments):
    """Whether a mount succeeds."""
    try:
        return subprocess.run(["mount", *map(str, arguments)], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def unmount(place):
    subprocess.run(["umount", "-l", place], check=False)
