"""Links that lead nowhere, and paths of the architecture page that do not exist."""
import re
import urllib.parse

from pages import CATALOGUE, DOC_LINK, ROOT, Page, all_pages


def check_links():
    """A line for each relative link, anchor or picture that is not there."""
    pages = {path: Page(path) for path in all_pages()}
    for path, page in pages.items():
        for number, target in page.links():
            fault = _fault(path, page, urllib.parse.unquote(target), pages)
            if fault:
                yield f"{page.name}:{number}: {fault}"
        for number, line in page.prose():
            for match in DOC_LINK.finditer(line):
                if not (path.parent / f"{match.group(1)}.md").exists():
                    yield f"{page.name}:{number}: there is no page {match.group(1)} in this catalogue"
    yield from _unlisted(pages)
    yield from _missing_paths(pages[CATALOGUE / "Architecture.md"])


def _fault(path, page, target, pages):
    if re.match(r"^[a-z]+:", target):
        return None
    file, _, fragment = target.partition("#")
    place = (path.parent / file).resolve() if file else path
    if not place.exists():
        return f"there is no {file}"
    if fragment and place.suffix == ".md":
        other = pages.get(place) or Page(place)
        if fragment not in other.anchors():
            return f"{file or 'this page'} has no heading #{fragment}"
    return None


def _unlisted(pages):
    """Pages of the catalogue that its first page does not lead to."""
    first = pages[CATALOGUE / "coldstart.md"]
    listed = {target for _, target in first.links()}
    for path in pages:
        if path.parent == CATALOGUE and path != first.path and path.name not in listed:
            yield f"{first.name}:1: no link leads to {path.name}"


def _missing_paths(page):
    """Code spans of the page that name a path in Sources which is not there."""
    tops = {folder.name for folder in (ROOT / "Sources").iterdir() if folder.is_dir()}
    for number, span in page.code_spans():
        first = span.split("/")[0]
        if "/" not in span or first not in tops | {"Sources"}:
            continue
        if not (ROOT / span).exists() and not (ROOT / "Sources" / span).exists():
            yield f"{page.name}:{number}: there is no {span}"
