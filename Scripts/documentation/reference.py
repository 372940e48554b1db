"""The reference pages, held against what the command and the service say of themselves."""
import json
import re
import subprocess
import textwrap

from pages import CATALOGUE, ROOT, Page

COMMANDS = CATALOGUE / "Commands.md"
HEAD = """# Commands

Every command with its options, as `coldstart help COMMAND` has them.

This page is written by `Scripts/test-docs --write` from the command itself; `make test-docs` says when it is out of date.

All commands take `--workspace DIR`, `--threads N`, `-q`, `-v` and `--no-color`; those that answer something take
`--json`. Answers go to standard output, progress and notes to standard error. The same seed and number of threads give the same
model, byte for byte. Exit codes: 0 done · 64 wrong usage · 65 bad data · 66 something named does not exist · 69 unavailable, such
as a locked workspace or a full disk · 130 interrupted · 1 other; [Errors](../../ERRORS.md) has every error, its cause and what to do.

Your shell completes commands and options with a script that coldstart writes into a folder the shell reads: one of these, for bash, for zsh
(with `~/.zfunc` in your `fpath`) and for fish.

```sh
mkdir -p ~/.local/share/bash-completion/completions ~/.zfunc ~/.config/fish/completions
coldstart --generate-completion-script bash > ~/.local/share/bash-completion/completions/coldstart
coldstart --generate-completion-script zsh > ~/.zfunc/_coldstart
coldstart --generate-completion-script fish > ~/.config/fish/completions/coldstart.fish
```

The manual page goes into a folder that `man` reads:

```sh
mkdir -p ~/.local/share/man/man1
coldstart manual > ~/.local/share/man/man1/coldstart.1
```

"""
# Options of every command stand once, at the head; these also have no row of their own.
COMMON = {"workspace", "quiet", "verbose", "no-color", "threads", "json", "help", "version"}


def described(coldstart):
    """The root command as its own help describes it."""
    answer = subprocess.run([coldstart, "--experimental-dump-help"], check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)["command"]


def commands(tree, path=()):
    """Name and description of each command, those with subcommands of their own left out but for their default."""
    for command in tree.get("subcommands", []):
        if command["commandName"] == "help" or not command.get("shouldDisplay", True):
            continue
        name = (*path, command["commandName"])
        nested = [one for one in command.get("subcommands", []) if one["commandName"] != "help"]
        if nested:
            yield from commands(command, name)
        else:
            yield " ".join(name), command


def written(tree):
    """The page of commands."""
    text = HEAD
    for name, command in commands(tree):
        text += f"## coldstart {name}\n\n{_escaped(command.get('abstract', ''))}\n\n"
        text += _discussion(command.get("discussion", ""))
        rows = [_row(argument) for argument in command.get("arguments", []) if _is_own(argument)]
        if rows:
            text += "| | |\n| --- | --- |\n" + "".join(rows) + "\n"
    return text.rstrip() + "\n"


def _is_own(argument):
    names = {name["name"] for name in argument.get("names", [])}
    # `export model` has a --version of its own, which takes a value.
    common = COMMON - {"version"} if argument["kind"] == "option" else COMMON
    return argument.get("shouldDisplay", True) and not names & common


def _row(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        shown = f"<{value}>"
    else:
        names = sorted(argument["names"], key=lambda name: name["kind"] == "short")
        shown = ", ".join(("-" if name["kind"] == "short" else "--") + name["name"] for name in names)
        if argument["kind"] == "option":
            shown += f" <{value}>"
    text = _escaped(argument.get("abstract", "").strip())
    values = argument.get("allValues")
    if values and not all(one in text for one in values):
        text += " One of " + ", ".join(f"`{one}`" for one in values) + "."
    default = argument.get("defaultValue")
    if default not in (None, "", "false") and "(default" not in text:
        text += f" Default: `{default}`."
    return f"| `{shown.replace('|', chr(92) + '|')}` | {text} |\n"


def _discussion(text):
    """What help says beyond the first line: sentences, and as code what stands further in or behind "Example:"."""
    paragraphs = []
    for line in text.strip("\n").split("\n"):
        example = re.match(r"^Example: (.*)", line)
        is_code = bool(example) or line.startswith("  ")
        if example:
            paragraphs.append((False, ["Example:"]))
            line = example.group(1)
        if not line.strip():
            paragraphs.append((False, []))
        elif paragraphs and paragraphs[-1][0] == is_code and paragraphs[-1][1]:
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((is_code, [line]))
    shown = ""
    for is_code, lines in paragraphs:
        if is_code:
            shown += textwrap.indent(textwrap.dedent("\n".join(lines)), "    ") + "\n\n"
        elif lines:
            shown += _escaped("\n".join(lines)) + "\n\n"
    return shown


def _escaped(text):
    return re.sub(r"([<>|*])", r"\\\1", text)


def check_commands(tree):
    """A line where the page of commands is not what the command says, or where a page names a command that is none."""
    current = COMMANDS.read_text(encoding="utf-8") if COMMANDS.exists() else ""
    if current != written(tree):
        yield f"{COMMANDS.relative_to(ROOT)}:1: the command's own help says something else; run 'Scripts/test-docs --write'"


def check_spans(tree, pages):
    """A line for each code span that begins with `coldstart` and names a command or an option that is none."""
    known = {}
    for name, command in commands(tree):
        known[name] = {one["name"] for argument in command.get("arguments", []) for one in argument.get("names", [])}
    groups = {name.split()[0] for name in known if " " in name}
    for page in pages:
        for number, span in page.code_spans():
            words = span.split()
            if len(words) < 2 or words[0] != "coldstart" or words[1].startswith("-") or words[1] in ("help", "COMMAND"):
                continue
            name = " ".join(words[1:3]) if words[1] in groups else words[1]
            name = name if name in known else words[1]
            if name not in known:
                if name not in groups:
                    yield f"{page.name}:{number}: there is no command '{name}'"
                continue
            for option in re.findall(r"(?<!\S)--([a-z][a-z-]*)", span):
                if option not in known[name] | COMMON:
                    yield f"{page.name}:{number}: 'coldstart {name}' has no option --{option}"


def check_routes():
    """A line for each route that stands only in the OpenAPI document, or only on the page of routes."""
    document = json.loads((ROOT / "Sources/COpenAPI/openapi.json").read_text(encoding="utf-8"))
    methods = {"get", "post", "put", "patch", "delete"}
    told = {(method.upper(), path) for path, item in document["paths"].items() for method in item if method in methods}
    page, shown = CATALOGUE / "HTTP.md", set()
    for line in Page(page).lines:
        if line.startswith("| `"):
            spans = " ".join(re.findall(r"`([^`]+)`", line.split("|")[1])).split()
            verbs = [word for word in spans if word.isupper()]
            shown |= {(verb, word) for verb in verbs for word in spans if word.startswith("/")}
    for verb, path in sorted(told - shown):
        yield f"{page.relative_to(ROOT)}:1: the table lacks {verb} {path}"
    for verb, path in sorted(shown - told):
        yield f"{page.relative_to(ROOT)}:1: the OpenAPI document has no {verb} {path}"
