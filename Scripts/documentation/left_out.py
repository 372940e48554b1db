"""Commands of the documentation that `test-docs` does not run, each with the reason. This is the one place for them."""
import re

LEFT_OUT = [
    (r"^make (demo|test|build|lint|docs|portable|model|sample)(\s|$)", "builds the project; CI and the reader's own machine do"),
    (r"^make test-", "a test of its own, minutes or hours long"),
    (r"^swift (run|test|build)\b", "builds the project"),
    (r"^python3? .*Benchmarks/Peers|^python3 -m venv|pip install", "installs other people's programs from the network"),
    (r"^curl -O https://|^unzip ", "a download; a folder of MovieLens' layout, made of the sample, stands in for it"),
    (r"^export PATH=", "the built command is on the path already"),
]


def reason(command):
    """Why a command is left out; nothing where it is run."""
    for pattern, why in LEFT_OUT:
        if re.search(pattern, command):
            return why
    return None
