"""Files spoiled at random, as editors, merges and bad disks spoil them, and as somebody who means ill
does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests import odd_files, slips

# fmt: off
PIECES: Sequence[bytes] = [
    b"\x00", b"\r", b"\r\n", b"\n", b"\n\n", b"\t", b"---\n", b"...\n", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xed\xa0\x80",
    "\u202e\u2028\x85\u00a0".encode(), "🙂".encode(), b"&a ", b"*a", b"<<: ", b"!!str ", b"!!python/object ", b"? ", b": ", b"- ",
    b"{", b"}", b"[", b"]", b"[[", b"]]", b"|", b">-\n", b"'", b'"', b"\\", b"%", b"@", b"`", b"```\n", b"~~~\n", b"#", b"## ",
    b"## 2026-10-24 call with ", b"## 2026-99-99 x\n", b"- [x] ", b"- [ ] needs", b"::", b"value:: ", b"stage:: lost\n", b"<b>", b"](x)",
    b"<<<<<<< ours\n", b"=======\n", b">>>>>>> theirs\n", b"9" * 40, b"1e999", b"-0", b"9999-12-31", b"0000-00-00", b"a" * 300,
    b"[" * 40, b"> " * 40, b",", b";", b"=", b"__proto__", b"=cmd()", b"null", b"NaN", b"\x1b[2J",
]
# fmt: on
_AT_ONCE = 4


def _put(data: bytes, random: Random, piece: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + piece + data[at:]


def _insert(data: bytes, random: Random) -> bytes:
    return _put(data, random, random.choice(PIECES))


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) or 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, random: Random) -> bytes:
    start = random.randint(0, len(data))
    return data[:start] + data[start + random.choice((1, 2, 9, 80)) :]


def _repeat(data: bytes, random: Random) -> bytes:
    start = random.randint(0, len(data))
    return _put(data, random, data[start : start + random.choice((3, 20, 200))])


def _cut_off(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _swap_lines(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(True) or [b""]
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _indent(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(True) or [b""]
    at = random.randrange(len(lines))
    lines[at] = random.choice((b"  ", b"\t", b"- ", b"> ")) + lines[at]
    return b"".join(lines)


SPOIL: Sequence[Callable[[bytes, Random], bytes]] = (
    _insert, _insert, _insert, _flip, _cut, _repeat, _cut_off, _swap_lines, _indent,
)  # fmt: skip


def spoiled(data: bytes, random: Random) -> bytes:
    """Some bytes that were changed in some places."""
    for _ in range(random.randint(1, _AT_ONCE)):
        data = random.choice(SPOIL)(data, random)
    return data


def files(random: Random) -> dict[str, bytes]:
    """A journal in which some files are spoiled: a plain one, or one of odd files."""
    if random.random() < 0.5:
        made = {path: text.encode() for path, text in slips.FILES.items()}
    else:
        made = odd_files.journal(random)
    for path in random.sample(sorted(made), 3):
        made[path] = spoiled(made[path], random)
    return made


def form(random: Random, value: Mapping[str, object]) -> bytes:
    """What a page sends, spoiled or not, with values of any kind."""
    kinds: Sequence[object] = (
        None,
        1,
        [],
        {},
        "x" * 2000,
        "\x00",
        "\u202e",
        ["a", 1],
        True,
        "--help",
        "../x",
        "-1",
    )
    made = {
        name: random.choice(kinds) if random.random() < 0.2 else said
        for name, said in value.items()
    }
    data = json.dumps(made).encode()
    return spoiled(data, random) if random.random() < 0.5 else data
