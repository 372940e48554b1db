"""`Scripts/test-docs`: runs the commands of all pages, and checks links and reference pages."""
import collections
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import left_out
import material
import reference
from links import check_links
from pages import ROOT, Page, all_pages
from shell import Shell, fresh, statements


def main(arguments):
    write = "--write" in arguments
    arguments = [one for one in arguments if one != "--write"]
    binary = ROOT / ".build/release/coldstart"
    if arguments and not arguments[0].endswith(".md"):
        binary = pathlib.Path(arguments.pop(0)).resolve()
    if not binary.exists():
        print(f"test-docs: there is no {binary}; run 'make build' first", file=sys.stderr)
        return 66
    tree = reference.described(str(binary))
    if write:
        reference.COMMANDS.write_text(reference.written(tree), encoding="utf-8")
        return 0
    pages = [Page(path) for path in all_pages()]
    faults = [*check_links(), *reference.check_commands(tree), *reference.check_spans(tree, pages), *reference.check_routes()]
    for fault in faults:
        print(fault)
    names = {page.name for page in pages}
    chosen = [
        page for page in pages
        if not arguments or page.name in arguments or any(page.path.name == one for one in arguments if one not in names)
    ]
    if not chosen:
        print(f"test-docs: there is no page {', '.join(arguments)}", file=sys.stderr)
        return 66
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(pathlib.Path(folder), binary)
        for page in chosen:
            trial.run(page)
    return trial.report(len(faults))


class Trial:
    """Runs pages and counts: what was run, what failed, what was left out and why."""

    def __init__(self, folder, binary):
        self.folder = folder
        self.binary = binary
        self.ran, self.failed, self.pages = 0, 0, 0
        self.left_out = collections.defaultdict(list)
        self.material = folder / "material"
        self.material.mkdir()
        material.make(self.material, str(binary))
        self.workspace = self._trained()

    def _trained(self):
        """A workspace as it is after the first pages: imported, trained, with the film that the pages speak of."""
        directory = self.folder / "trained"
        for command in (
            ["import", "my-catalogue"], ["train"],
            ["add", "--title", "The Quiet Harbour", "--year", "2026", "--genre", "Drama", "--poster", "harbour.jpg",
             "--description", "A lighthouse keeper finds a drowned man's letters."],
        ):
            subprocess.run(
                [str(self.binary), "--workspace", str(directory), "-q", *command], cwd=self.material, check=True,
                stdout=subprocess.DEVNULL)
        return directory

    def run(self, page):
        """Runs the commands of a page up to the first that fails, as those behind it may need it."""
        commands = [one for first, block in page.blocks("sh") for one in statements(block, first)]
        kept = []
        for number, command in commands:
            why = left_out.reason(command)
            if why:
                self.left_out[why].append(f"{page.name}:{number}")
            else:
                kept.append((number, command))
        if not kept:
            return
        self.pages += 1
        # A page that imports begins with nothing, as that of the sample's model does; all others go on from the first pages.
        first = next((command for _, command in kept if command.startswith("coldstart")), "")
        begins = first.startswith("coldstart import") or page.name == "Models/README.md"
        folder = self.folder / "page"
        fresh(folder, self.material, None if begins else self.workspace)
        shell, begun = Shell(folder, self.binary.parent), time.monotonic()
        ran = self.ran
        try:
            self._run(page, kept, shell)
        finally:
            shell.close()
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{page.name}: {self.ran - ran} of {len(kept)} commands, {time.monotonic() - begun:.0f} s", flush=True)

    def _run(self, page, commands, shell):
        for position, (number, command) in enumerate(commands):
            code, words = shell.run(command)
            self.ran += 1
            if code != 0:
                self.failed += 1
                print(f"{page.name}:{number}: ended with {code}: {command}")
                print("\n".join(f"    {line}" for line in words))
                rest = len(commands) - position - 1
                if rest:
                    print(f"    {rest} commands behind it were not tried")
                return

    def report(self, faults):
        """Prints what was done; the exit code."""
        for why, places in sorted(self.left_out.items()):
            print(f"left out, {len(places)}: {why}: {', '.join(places)}")
        total = sum(len(places) for places in self.left_out.values())
        print(f"test-docs: {self.ran} commands of {self.pages} pages run, {total} left out, {self.failed} failed; "
              f"{faults} faults in links and reference pages")
        return 1 if self.failed or faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
