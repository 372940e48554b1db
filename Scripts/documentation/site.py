"""`Scripts/docs`: one web site of all pages and of the comments in Sources, by the DocC of the toolchain."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from pages import CATALOGUE, CODE_SPAN, DOC_LINK, LINK, ROOT, Page, anchor, plain

BUILD = ROOT / ".build/release"
WORK = ROOT / ".build/documentation-parts"
SITE = ROOT / ".build/documentation"
# The targets of the product, from the top down.
MODULES = (
    "ColdStartCommand", "ColdStartService", "Recommendation", "CollaborativeFiltering", "ContentProjection",
    "Catalogue", "ItemContent", "NeuralNetwork", "FloatKernels", "Diagnostics",
)
# Pages from elsewhere that the site has beside those of its catalogue, with the title that they have there.
GUESTS = {
    ROOT / "README.md": ("Readme", "coldstart in three minutes"),
    ROOT / "SECURITY.md": ("Security", None),
    ROOT / "CONTRIBUTING.md": ("Contributing", None),
    ROOT / "ERRORS.md": ("Errors", None),
    ROOT / "CHANGELOG.md": ("Changes", None),
    ROOT / "Deploy/README.md": ("Deployment", "Deployment"),
    ROOT / "SampleData/README.md": ("SampleData", None),
    ROOT / "Models/README.md": ("ModelCard", None),
}

# Where the pages of this folder lead to the comments of Sources, which only the site has.
TARGETS = "- **Read the sources**: [each target with its types and functions](/documentation).\n"
# DocC's own first page knows no address of a catalogue.
FRONT = '<!doctype html><title>coldstart</title><meta http-equiv="refresh" content="0; url=documentation/coldstart/">\n'


def main():
    if not (BUILD / "Modules/Diagnostics.swiftmodule").exists():
        print("docs: the modules are not built; run 'make build' first", file=sys.stderr)
        return 66
    information = json.loads(_output("swift", "-print-target-info"))
    docc = pathlib.Path(information["paths"]["runtimeResourcePath"]).parents[1] / "bin/docc"
    docc = docc if docc.exists() else shutil.which("docc") or _output("xcrun", "--find", "docc").strip()
    shutil.rmtree(WORK, ignore_errors=True)
    archives = []
    for module in MODULES:
        graphs = WORK / f"{module}.symbols"
        graphs.mkdir(parents=True)
        if not _extract(module, graphs, information["target"]):
            return 1
        catalogue = _target_catalogue(module)
        archives.append(_convert(docc, module, catalogue, ["--additional-symbol-graph-dir", str(graphs)]))
    archives.insert(0, _convert(docc, "coldstart", _catalogue(), []))
    if None in archives:
        return 1
    shutil.rmtree(SITE, ignore_errors=True)
    subprocess.run(
        [docc, "merge", *map(str, archives), "--synthesized-landing-page-name", "Targets",
         "--synthesized-landing-page-topics-style", "list", "--output-path", str(SITE)],
        check=True)
    (SITE / "index.html").write_text(FRONT, encoding="utf-8")
    faults = list(_dead_links())
    print("\n".join(faults) + ("\n" if faults else ""), end="")
    print(f"docs: {SITE.relative_to(ROOT)} is there; 'make preview-docs' opens it" if not faults else "docs: links lead nowhere")
    return 1 if faults else 0


def _output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


# --- The comments of Sources ---------------------------------------------------------------------------------------


def _extract(module, graphs, target):
    """Reads names and comments of a module off what the build left: whether it could."""
    command = ["swift", "symbolgraph-extract", "-module-name", module, "-I", str(BUILD / "Modules")]
    command += ["-target", target["triple"], "-minimum-access-level", "package", "-skip-synthesized-members"]
    command += ["-module-cache-path", str(WORK / "cache"), "-output-dir", str(graphs)]
    # Of C targets: their own, and what the build made for those that have none.
    for file in sorted([*ROOT.glob("Sources/*/module.modulemap"), *BUILD.glob("*.build/module.modulemap")]):
        command += ["-Xcc", f"-fmodule-map-file={file}"]
    for folder in sorted([*ROOT.glob("Sources/*/include"), *ROOT.glob(".build/checkouts/*/Sources/*/include")]):
        command += ["-I", str(folder)]
    for folder in sorted(ROOT.glob(".build/checkouts/*/Sources/*/module.modulemap")):
        command += ["-I", str(folder.parent)]
    if sys.platform == "darwin":
        command += ["-sdk", _output("xcrun", "--show-sdk-path").strip()]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        print(f"docs: the names of {module} cannot be read:\n{run.stderr}", file=sys.stderr)
        return False
    # What a module adds to types of others is told where it is used.
    for file in graphs.glob("*@*.symbols.json"):
        file.unlink()
    return True


# --- Pages ----------------------------------------------------------------------------------------------------------


def _catalogue():
    """The project's own catalogue with its guests, links written as DocC wants them."""
    folder = WORK / "coldstart.docc"
    folder.mkdir()
    for file in CATALOGUE.rglob("*"):
        if file.is_file() and file.suffix != ".md":
            shutil.copy(file, folder)
    for file in sorted(CATALOGUE.glob("*.md")):
        text = _rewritten(file)
        if file.stem == "coldstart":
            text = text.replace("\n## Overview", "\n@Metadata {\n    @TechnologyRoot\n}\n\n## Overview", 1)
            text = text.replace("\n## Topics", TARGETS + "\n## Topics", 1)
        (folder / file.name).write_text(text, encoding="utf-8")
    for file, (name, title) in GUESTS.items():
        text = _rewritten(file)
        text = re.sub(r"^# .*", f"# {title}", text, count=1) if title else text
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def _target_catalogue(module):
    """A copy of a target's catalogue, if it has one, with a sentence from its table of targets where it has none."""
    folder = WORK / f"{module}.docc"
    folder.mkdir()
    source = ROOT / f"Sources/{module}/Documentation.docc"
    for file in sorted(source.glob("*")):
        if file.suffix == ".md":
            (folder / file.name).write_text(_rewritten(file), encoding="utf-8")
        else:
            shutil.copy(file, folder)
    if not source.exists():
        row = next(line for line in Page(CATALOGUE / "Architecture.md").lines if f"| `{module}` |" in line)
        words = row.split("|")[3].strip()
        (folder / "Documentation.md").write_text(f"# ``{module}``\n\n{words[0].upper()}{words[1:]}.\n", encoding="utf-8")
    return folder


def _rewritten(file):
    """A page with links that DocC follows: `doc:` within its own catalogue, a path of the site elsewhere."""
    page = Page(file)
    prose = {number for number, _ in page.prose()}
    lines = []
    for number, line in enumerate(page.lines, 1):
        if number in prose:
            line = _links_of(line, file)
        elif line.startswith("```mermaid"):
            line = "```"
        lines.append(line)
    return "\n".join(lines)


def _links_of(line, file):
    spans = []

    def hide(match):
        spans.append(match.group(0))
        return f"\0{len(spans) - 1}\0"

    line = CODE_SPAN.sub(hide, line)
    line = LINK.sub(lambda match: _link(match, file), line)
    # In a list of topics a page has its own title.
    line = re.sub(r"^- \[[^\]]*\]\(doc:([\w-]+)\)$", r"- <doc:\1>", line)
    return re.sub("\0(\\d+)\0", lambda match: spans[int(match.group(1))], line)


def _link(match, file):
    picture, text, target = match.groups()
    if re.match(r"^[a-z]+:", target):
        return match.group(0)
    path, _, fragment = target.partition("#")
    place = (file.parent / path).resolve() if path else file
    if picture:
        return f"![{text}]({place.name})"
    module, name = _home(place)
    if name is None:
        return text
    heading = f"#{_docc_anchor(place, fragment)}" if fragment else ""
    if module == _home(file)[0]:
        return f"[{text}](doc:{name}{heading})"
    tail = "" if name in (module, "Documentation") else "/" + name.lower()
    return f"[{text}](/documentation/{module.lower()}{tail}{heading})"


def _home(place):
    """Archive and name of a page on the site; no name where it is not on it."""
    if place in GUESTS:
        return "coldstart", GUESTS[place][0]
    if place.parent == CATALOGUE:
        return "coldstart", place.stem
    if place.parent.name == "Documentation.docc":
        return place.parent.parent.name, place.stem
    return None, None


def _docc_anchor(place, fragment):
    """The anchor that DocC makes of the heading that a forge's anchor names."""
    headings = {anchor(plain(heading)): plain(heading) for heading in Page(place).headings()}
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", re.sub(r"[^\w\s\-,.'()]", "", headings[fragment]))).rstrip(".")


# --- The site -------------------------------------------------------------------------------------------------------


# A comment says what a parameter is where name and type do not; DocC would have a line about each of the others too.
NOT_ASKED = re.compile(r"^Parameter '.*' is missing documentation$")


def _convert(docc, name, catalogue, options):
    """The archive of a catalogue; nothing where DocC has a warning."""
    archive, found = WORK / f"{name}.doccarchive", WORK / f"{name}.json"
    run = subprocess.run(
        [docc, "convert", str(catalogue), *options, "--fallback-display-name", name, "--fallback-bundle-identifier", name,
         "--fallback-default-module-kind", "Target", "--diagnostics-file", str(found), "--output-dir", str(archive)],
        capture_output=True, text=True)
    if not found.exists():
        print(run.stdout + run.stderr, end="", file=sys.stderr)
        return None
    warnings = [
        one for one in json.loads(found.read_text(encoding="utf-8"))["diagnostics"]
        if one["severity"] in ("warning", "error") and not NOT_ASKED.match(one["summary"])
    ]
    for one in warnings:
        file = one.get("source", "").replace(f"file://{ROOT}/", "")
        line = one.get("range", {}).get("start", {}).get("line", 1)
        print(f"{file}:{line}: {one['severity']}: {one['summary']}", file=sys.stderr)
    print(f"docs: {name}: {len(warnings)} warnings", file=sys.stderr if warnings else sys.stdout, flush=True)
    return archive if run.returncode == 0 and not warnings else None


def _dead_links():
    """Links from one archive into another, which DocC does not follow."""
    for file in sorted((SITE / "data/documentation").rglob("*.json")):
        for link in set(re.findall(r'"(\\?/documentation\\?/[^"]*#?[^"]*)"', file.read_text(encoding="utf-8"))):
            path = link.replace("\\/", "/").partition("#")[0]
            if not (SITE / f"data{path.lower()}.json").exists() and not (SITE / f"data{path}.json").exists():
                yield f"{file.relative_to(SITE)}: there is no {path}"


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
