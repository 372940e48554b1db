"""The pages of the documentation, and what is in them: headings, links, fenced blocks."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "Documentation/coldstart.docc"
FENCE = re.compile(r"^(```+)\s*(\w*)\s*$")
CODE_SPAN = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)")
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
DOC_LINK = re.compile(r"<doc:([^>]+)>")


def all_pages():
    """Every page, in the order in which somebody new meets them."""
    files = [ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "ERRORS.md", "CHANGELOG.md")]
    files += [ROOT / name / "README.md" for name in ("Deploy", "SampleData", "Models")]
    files += sorted(CATALOGUE.glob("*.md"))
    return files + sorted(ROOT.glob("Sources/*/Documentation.docc/*.md"))


class Page:
    """One file of Markdown, read line by line."""

    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(ROOT))
        self.lines = path.read_text(encoding="utf-8").split("\n")

    def prose(self):
        """Number and text of each line outside of fenced and indented code, code spans being left in."""
        fence = None
        for number, line in enumerate(self.lines, 1):
            mark = re.match(r"^(```+)", line)
            if mark and (fence is None or line.startswith(fence)):
                fence = mark.group(1) if fence is None else None
            elif fence is None and not (line.startswith("    ") and not self._continues(number)):
                yield number, line

    def _continues(self, number):
        """Whether an indented line goes on with a paragraph or a list: what comes before it is not empty."""
        before = self.lines[number - 2] if number > 1 else ""
        return bool(before.strip()) and (not before.startswith("    ") or self._continues(number - 1))

    def blocks(self, language):
        """Number of the first line, and the lines, of each fenced block in a language."""
        inside, first, found = None, 0, []
        for number, line in enumerate(self.lines, 1):
            fence = FENCE.match(line)
            if inside is None and fence:
                inside, first, found = fence.group(2), number + 1, []
            elif inside is not None and line.startswith("```"):
                if inside == language:
                    yield first, found
                inside = None
            elif inside is not None:
                found.append(line)

    def headings(self):
        """The text of each heading, without its marks."""
        for _, line in self.prose():
            match = re.match(r"^#{1,6} +(.+?) *#*$", line)
            if match:
                yield match.group(1)

    def anchors(self):
        """Where a link may lead: headings as a forge writes them, with the headings themselves."""
        return {anchor(plain(heading)): plain(heading) for heading in self.headings()}

    def links(self):
        """Number of the line, and target, of each link and picture."""
        for number, line in self.prose():
            bare = CODE_SPAN.sub(lambda match: " " * len(match.group(0)), line)
            for match in LINK.finditer(bare):
                yield number, match.group(3)

    def code_spans(self):
        """Number of the line, and text, of each code span."""
        for number, line in self.prose():
            for match in CODE_SPAN.finditer(line):
                yield number, match.group(2).strip()


def plain(heading):
    """A heading without marks of code, stress and links."""
    heading = LINK.sub(lambda match: match.group(2), heading)
    return re.sub(r"[`*]", "", heading)


def anchor(heading):
    """The anchor that a forge makes of a heading: small letters, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
