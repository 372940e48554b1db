"""Moments at which a process is ended: what to wait for in its workspace."""

import os
import time


def signature(path):
    """Changes whenever the file is written, replaced or removed."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def appears(workspace, name):
    path = f"{workspace}/{name}"
    return lambda: os.path.exists(path)


def changes(workspace, name):
    path = f"{workspace}/{name}"
    before = signature(path)
    return lambda: signature(path) != before


def grows(workspace, name, by):
    path = f"{workspace}/{name}"

    def size():
        found = signature(path)
        return found[1] if found else 0

    before = size()
    return lambda: size() >= before + by


def gains_a_file(workspace, folder):
    """A file in a folder that was not there before, whatever its name."""
    path = f"{workspace}/{folder}"

    def names():
        try:
            return set(os.listdir(path))
        except FileNotFoundError:
            return set()

    before = names()
    return lambda: bool(names() - before)


def of_catalogue(workspace):
    """While something is written to the catalogue."""
    return {"log written": changes(workspace, "catalogue.sqlite-wal")}


def of_posters(workspace, films):
    return {
        "poster begun": gains_a_file(workspace, os.path.dirname(films[0].place)),
        "first poster": appears(workspace, films[0].place),
        "last poster": appears(workspace, films[-1].place),
    }


def of_version(workspace, version):
    """From a version's first file to its being the active one."""
    partial, whole = f"models/.{version}.partial", f"models/{version}"
    placed = appears(workspace, whole)
    log = f"{workspace}/catalogue.sqlite-wal"
    seen = []

    def vectors_written():
        if not placed():
            return False
        if not seen:
            seen.append(signature(log))
        return signature(log) != seen[0]

    return {
        "folder begun": appears(workspace, partial),
        "model begun": gains_a_file(workspace, partial),
        "model written": appears(workspace, partial + "/model.safetensors"),
        "card written": appears(workspace, partial + "/card.json"),
        "version placed": placed,
        "vectors written": vectors_written,
        **of_activation(workspace),
    }


def of_activation(workspace):
    return {
        "current begun": appears(workspace, "models/current.partial"),
        "current replaced": changes(workspace, "models/current"),
    }


def of_pruning(workspace, version):
    return {
        "folder touched": lambda whole=f"{workspace}/models/{version}": not (
            os.path.exists(whole + "/model.safetensors") and os.path.exists(whole + "/card.json")),
        **of_catalogue(workspace),
    }


# How often a chosen moment is waited for, and not any.
SHARE_CHOSEN = 0.6
# Seconds after which a chosen moment is waited for no longer.
PATIENCE = 6


def wait(random, chosen, longest, is_running):
    """Waits for one of the chosen moments, looking as often as it can, or for any up to `longest` seconds from now.

    Gives the moment's name.
    """
    if chosen and random.random() < SHARE_CHOSEN:
        name = random.choice(sorted(chosen))
        end = time.monotonic() + PATIENCE
        while is_running() and time.monotonic() < end:
            if chosen[name]():
                return name
        return "random"
    pause(random.uniform(0, longest), is_running)
    return "random"


def pause(seconds, is_running):
    """Waits for some time, or until the process has ended."""
    end = time.monotonic() + seconds
    while is_running() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.001))
