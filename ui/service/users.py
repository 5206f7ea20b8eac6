"""Who may ask the service by name and password: a file with `name:hash` a line, as `newscite user` prints.

A hash is `scrypt$n$r$p$salt$hash`, the last two in base64: scrypt (RFC 7914) with its parameters.
"""

import asyncio
import base64
import binascii
import hashlib
import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import InputError
from ui.service.buckets import Buckets

_SHORTEST_PASSWORD = 8  # characters
_N, _R, _P = 2**14, 8, 5  # OWASP's Password Storage Cheat Sheet: 16 MiB, some 0.2 s
_MOST_MEMORY = 64 * 2**20  # bytes that a line of the file may make a check take
_MOST_P = 16
_SALT, _MADE = 16, 32  # bytes
_WRITTEN = re.compile(r"scrypt\$(\d{1,7})\$(\d{1,3})\$(\d{1,3})\$([\w+/=]+)\$([\w+/=]+)", re.ASCII)
_WAITING = 16  # passwords that wait to be checked; more are sent away


@dataclass(frozen=True)
class _Hash:
    """What scrypt with these parameters made of a password."""

    n: int
    r: int
    p: int
    salt: bytes
    made: bytes

    @classmethod
    def new(cls, password: str) -> "_Hash":
        blank = cls(_N, _R, _P, os.urandom(_SALT), bytes(_MADE))
        return replace(blank, made=blank.of(password))

    def of(self, password: str) -> bytes:
        same = unicodedata.normalize("NFC", password).encode()  # however a keyboard spells an é
        return hashlib.scrypt(
            same, salt=self.salt, n=self.n, r=self.r, p=self.p, maxmem=2 * _MOST_MEMORY, dklen=len(self.made)
        )

    def __str__(self) -> str:
        salt, made = (base64.b64encode(each).decode() for each in (self.salt, self.made))
        return f"scrypt${self.n}${self.r}${self.p}${salt}${made}"


class Users:
    """Names, each with the hash of its password."""

    def __init__(self, hashes: dict[str, _Hash]) -> None:
        self._hashes = hashes
        self._nobody = _Hash(_N, _R, _P, os.urandom(_SALT), os.urandom(_MADE))

    def know(self, name: str, password: str) -> bool:
        """True if there is a user of this name with this password. An unknown name takes as long as a wrong
        password; both some 0.2 s of a processor."""
        known = self._hashes.get(name, self._nobody)
        return secrets.compare_digest(known.of(password), known.made)


def user_line(name: str, password: str) -> str:
    """The line of a user. Raises InputError if the name can't be one, or the password is too short."""
    if not _is_name(name):
        raise InputError(f"{name!r} can't be a user's name: it must be visible characters without a colon")
    if len(password) < _SHORTEST_PASSWORD or not password.isprintable():
        raise InputError(f"the password must have {_SHORTEST_PASSWORD} visible characters at least")
    return f"{name}:{_Hash.new(password)}"


def read_users(file: Path) -> Users:
    """The users in a file; empty lines are passed over. Raises InputError, which names file and line but
    nothing that stands there."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(
            f"the users in {file} can't be read ({why}): NEWSCITE_USERS must name a file with a line of "
            "`newscite user NAME` for each"
        ) from None
    users: dict[str, _Hash] = {}
    for number, line in enumerate(lines, start=1):
        name, _, written = line.strip().partition(":")
        if not line.strip():
            continue
        made = _read_hash(written)
        if not _is_name(name) or made is None:
            raise InputError(
                f"{file}, line {number}, is no user: it must be as `newscite user NAME` prints it"
            )
        if name in users:
            raise InputError(
                f"{file}, line {number}, has a name that stands there before: remove one of them"
            )
        users[name] = made
    if not users:
        raise InputError(f"there is no user in {file}: add a line of `newscite user NAME`")
    return Users(users)


def _is_name(name: str) -> bool:
    return bool(name) and name.isprintable() and not {":", " "} & set(name)


def _read_hash(written: str) -> _Hash | None:
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    n, r, p = (int(part) for part in found.groups()[:3])
    try:
        salt, made = (base64.b64decode(part, validate=True) for part in found.groups()[3:])
    except binascii.Error:
        return None
    is_power_of_two = n > 1 and n & (n - 1) == 0
    is_bearable = r >= _R and 128 * n * r <= _MOST_MEMORY and 0 < p <= _MOST_P
    is_whole = len(salt) >= _SALT and len(made) >= _MADE
    return _Hash(n, r, p, salt, made) if is_power_of_two and is_bearable and is_whole else None


class TriedTooOften(Exception):
    """A password is not even checked: `wait` seconds before the next try."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait:.0f} s")
        self.wait = wait


class Doorkeeper:
    """Knows users without holding up the event loop, and without letting who guesses use up the machine.

    One password is checked at a time, in a thread; each check is taken from its client's bucket. What was
    right is remembered by a digest with a key of this process.
    """

    def __init__(self, users: Users, buckets: Buckets) -> None:
        self._users, self._buckets = users, buckets
        self._key = os.urandom(32)
        self._right: set[bytes] = set()
        self._checking: dict[bytes, asyncio.Task[bool]] = {}
        self._turn = asyncio.Lock()

    async def knows(self, given: bytes, client: str) -> bool:
        """True if `given`, the name:password of HTTP Basic in UTF-8, is a user's. Raises TriedTooOften."""
        digest = hashlib.blake2b(given, key=self._key).digest()
        if digest in self._right:
            return True
        if digest not in self._checking:  # a browser asks for all of a page's files at once
            wait = self._buckets.take(client)
            if wait or len(self._checking) >= _WAITING:
                raise TriedTooOften(wait or 5)
            self._checking[digest] = asyncio.create_task(self._check(digest, given))
        return await asyncio.shield(self._checking[digest])

    async def _check(self, digest: bytes, given: bytes) -> bool:
        try:
            name, _, password = given.decode(errors="replace").partition(":")
            async with self._turn:
                is_right = await asyncio.to_thread(self._users.know, name, password)
            if is_right:
                self._right.add(digest)
            return is_right
        finally:
            del self._checking[digest]
