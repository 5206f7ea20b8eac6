"""Which files a list of paths, folders and globs means, and which file a source comes from."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.sources.addresses import is_web_address
from index.sources.kinds import CONTAINERS, READABLE, kind_of_name, unsupported
from index.sources.skipped import Skipped
from index.sources.streams import why


def find_files(paths: Iterable[str | Path]) -> Iterator[Path | str | Skipped]:
    """Give the readable files under `paths`, each once, in a fixed order, and what was passed over.

    A path that is a web address is given as it stands.
    """
    seen: set[Path] = set()
    for path in paths:
        if is_web_address(str(path)):
            yield str(path)
            continue
        for found in _under(str(path)):
            if isinstance(found, Skipped):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def shown(path: Path | str) -> str:
    """The path as text that can be stored: a name that is not UTF-8 has its odd bytes spelt out."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def file_of(source: str) -> str:
    """The file on disk that a source comes from, be it the file itself or a member or row of it.

    Of `a.zip#b/c.jsonl#3` it is `a.zip`; `x#y.txt` may be a file of that name. What lies on disk decides, and
    for a file that is gone its name.
    """
    candidates = around(source)
    for file in candidates:
        if _exists(file):
            return file
    return next((file for file in reversed(candidates[1:]) if kind_of_name(file) in CONTAINERS), source)


def around(source: str) -> list[str]:
    """The source, and all that it may be a member or row of, innermost first.

    >>> around("a.zip#b/c.jsonl#3")
    ['a.zip#b/c.jsonl#3', 'a.zip#b/c.jsonl', 'a.zip']
    """
    ends = [end for end, character in enumerate(source) if character == "#"]
    return [source, *(source[:end] for end in reversed(ends))]


def _exists(file: str) -> bool:
    try:
        return Path(file).exists()
    except (OSError, ValueError):  # such as a name too long
        return False


def _under(path: str) -> Iterator[Path | Skipped]:
    try:
        yield from _expanded(path)
    except (
        OSError,
        ValueError,
        RuntimeError,
    ) as error:  # a name too long, a null byte in it, a loop of links
        yield Skipped(shown(path), why(error))


def _expanded(path: str) -> Iterator[Path | Skipped]:
    if Path(path).exists():
        yield from _named(Path(path))
    elif Path(path).is_symlink():
        yield Skipped(shown(path), "is a link to nothing")
    elif glob.has_magic(path):
        yield from _matches(path)
    else:
        yield Skipped(shown(path), "does not exist; check the path")


def _named(path: Path) -> Iterator[Path | Skipped]:
    if path.is_dir():
        yield from _in_folder(path)
    elif not kind_of_name(path.name) and path.is_file():
        yield _unsupported(path)
    else:
        yield _file(path, path.resolve())


def _matches(pattern: str) -> Iterator[Path | Skipped]:
    # Path.glob takes no absolute patterns, and doesn't pass over hidden files.
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not matches:
        yield Skipped(shown(pattern), "matches no file; check the pattern")
    for match in matches:
        yield from _named(Path(match))


def _in_folder(folder: Path) -> Iterator[Path | Skipped]:
    """The folder's files; one that has nothing to read is one line, not a line for each of its pictures."""
    others: list[Path] = []
    found_any = False
    for item in _walk(folder):
        if isinstance(item, Skipped):
            found_any = True
            yield item
            continue
        path, real = item
        if kind_of_name(path.name):
            found_any = True
            yield _file(path, real)
        elif found_any:
            yield _unsupported(path)
        else:
            others.append(path)
    if found_any:
        yield from map(_unsupported, others)
    else:
        yield Skipped(shown(folder.absolute()), f"holds no article; what can be read is {READABLE}")


def _walk(folder: Path) -> Iterator[tuple[Path, Path] | Skipped]:
    """Each file's path, and where it really lies: looked up once a folder, for there may be many files."""
    refused: list[OSError] = []
    visited: set[Path] = set()
    for name, folders, files in os.walk(folder, onerror=refused.append, followlinks=True):
        here, real = Path(name), Path(name).resolve()
        if real in visited:  # a link leads back up
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        for entry in sorted(entry for entry in files if not entry.startswith(".")):
            path = here / entry
            yield path, path.resolve() if path.is_symlink() else real / entry
        yield from (Skipped(shown(error.filename), why(error)) for error in refused)
        refused.clear()
    yield from (Skipped(shown(error.filename), why(error)) for error in refused)


def _file(path: Path, real: Path) -> Path | Skipped:
    """The file at `path`, as where it lies, unless it is a pipe or a device."""
    if real.is_file():
        return real
    is_lost = path.is_symlink() and not path.exists()
    return Skipped(
        shown(path.absolute()), "is a link to nothing" if is_lost else "is neither a file nor a folder"
    )


def _unsupported(path: Path) -> Skipped:
    return Skipped(shown(path.absolute()), unsupported(path.name))
