"""The files of a data set: hashed together, read row by row, and named where they are damaged."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from index.errors import InputError


def digest_of(paths: Iterable[Path]) -> str:
    """The SHA-256 of the files' names and bytes, in this order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def json_lines(path: Path, dataset: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a JSON Lines file of `dataset`, each with the number of its line; blank lines are skipped.

    Lines are cut in bytes, for a text in one may hold U+2028. Raises InputError on one that isn't JSON.
    """
    for number, line in numbered_lines(path):
        with damage_named(f"{path}, line {number}", dataset):
            row = json.loads(line)
        yield number, row


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file that are not blank, each with its number, cut at line feeds and carriage returns
    alone."""
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            yield number, line


def text_of(row: Mapping[str, Any], field: str, *, or_null: bool = False) -> str:
    """The text in a field; with `or_null`, "" for null. Raises KeyError or ValueError."""
    value = row[field]
    if value is None and or_null:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{field!r} must be a text, not {json.dumps(value, ensure_ascii=False)[:40]}")
    return value


class Identified(Protocol):
    """What has an id of its own within its file."""

    @property
    def id(self) -> str:
        """Names it."""


Thing = TypeVar("Thing", bound=Identified)


def read_identified(
    path: Path, dataset: str, thing: str, make: Callable[[Mapping[str, Any]], Thing]
) -> tuple[Thing, ...]:
    """What `make` makes of each row of a JSON Lines file; `thing` is what one is called in errors.

    Raises InputError where a row is not as `make` wants it, or bears the id of an earlier one.
    """
    made: dict[str, Thing] = {}
    for number, row in json_lines(path, dataset):
        with damage_named(f"{path.name}, line {number}", dataset):
            one = make(row)
            if one.id in made:
                raise ValueError(f"an earlier {thing} has the id {one.id!r} too")
            made[one.id] = one
    return tuple(made.values())


@contextmanager
def damage_named(where: str, dataset: str) -> Iterator[None]:
    """Within it, what is not as `dataset` has it becomes an InputError that says `where` it stands.

    Raises InputError in place of ValueError, of KeyError for a missing field, and of the TypeError or
    AttributeError that a field of another type gives.
    """
    try:
        yield
    except KeyError as missing:
        raise _damaged(where, dataset, f"there is no {missing}") from None
    except (TypeError, AttributeError) as error:
        raise _damaged(where, dataset, f"a field is of another type: {error}") from None
    except ValueError as error:
        raise _damaged(where, dataset, str(error)) from None


def _damaged(where: str, dataset: str, reason: str) -> InputError:
    return InputError(f"{where}: not as {dataset} has it: {reason}; get the file anew")
