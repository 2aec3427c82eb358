"""Inputs -> shards: what one worker reads at a time. The same inputs give the same shards, with the same names."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.errors import UsageError
from dragoman.intake import MAX_LINE, Item, Raw, files, stream
from dragoman.model import Failure, Report
from dragoman.reading.take_in import MAX_CHARACTERS, from_json_line, kind_of
from dragoman.reading.take_in.kinds import GZIP, HEAD

# A shard is what is dealt out again when a node is lost, and small against what a worker reads in an hour: 16 MB are
# 5,000 reports of 3 KB.
SHARD_BYTES = 16 * 2**20
SHARD_FILES = 500
AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Shard:
    """Files that are read whole, one after the other; or a part of one file of JSON Lines.

    stamp: what tells another content of the same files: their sizes and times. start, end: bytes; a line belongs to the
    part in which it begins. lines: how many lines end before ``start``. said: failures that were found without opening
    a file.
    """

    paths: tuple[str, ...]
    stamp: str = ""
    start: int = 0
    end: int | None = None
    lines: int = 0
    published: dt.date | None = None
    said: tuple[Failure, ...] = ()

    @property
    def name(self) -> str:
        """The same for the same part of the same content: 16 hex digits."""
        told = [
            self.paths,
            self.stamp,
            self.start,
            self.end,
            str(self.published),
            [(f.source, f.kind) for f in self.said],
        ]
        return hashlib.sha256(json.dumps(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def __str__(self) -> str:
        first = self.paths[0] if self.paths else self.said[0].source if self.said else ""
        if self.end is not None:
            return f"{first}, bytes {self.start:,} to {self.end:,}"
        return first if len(self.paths) < 2 else f"{first} and {len(self.paths) - 1:,} more"


def shards(paths: Sequence[str], *, published: dt.date | None = None, size: int = SHARD_BYTES) -> Iterator[Shard]:
    """Deal the files of ``paths`` out. size: bytes of a shard, more only where a file cannot be parted.

    Parts of one file still lack ``lines``; :func:`newlines` counts them. Raises UsageError for standard input.
    """
    small: list[tuple[str, str]] = []
    held = 0
    said: list[Failure] = []
    for item in _files(paths):
        if isinstance(item, Failure):
            said.append(item)
            continue
        path, length, stamp = item
        if length > size and _is_lines(path):
            for start in range(0, length, size):
                yield Shard((path,), stamp, start, min(start + size, length), published=published)
            continue
        small.append((path, stamp))
        held += length
        if held >= size or len(small) >= SHARD_FILES:
            yield _whole(small, published)
            small, held = [], 0
    if small:
        yield _whole(small, published)
    while said:
        yield Shard((), published=published, said=tuple(said[:SHARD_FILES]))
        del said[:SHARD_FILES]


def packed(shard: Shard) -> str:
    """A shard as JSON, for :func:`unpacked`."""
    published = shard.published and shard.published.isoformat()
    return json.dumps(asdict(shard) | {"published": published})


def unpacked(text: str) -> Shard:
    """The shard that :func:`packed` made JSON of."""
    held = json.loads(text)
    held["paths"] = tuple(held["paths"])
    held["said"] = tuple(Failure(**said) for said in held["said"])
    held["published"] = held["published"] and dt.date.fromisoformat(held["published"])
    return Shard(**held)


def _whole(chosen: Iterable[tuple[str, str]], published: dt.date | None) -> Shard:
    paths, stamps = zip(*chosen, strict=True)
    return Shard(paths, " ".join(stamps), published=published)


def _files(paths: Sequence[str]) -> Iterator[tuple[str, int, str] | Failure]:
    """Path, bytes and stamp of every file."""
    for path in paths:
        if path == "-":
            raise UsageError("--ray reads files that every machine sees, not standard input. Save it to a file.")
        if "://" in path:
            yield from _far_files(path)
            continue
        for file in files(Path(path)):
            if isinstance(file, Failure):
                yield file
                continue
            try:
                found = file.stat()
            except OSError as e:  # taken away since it was listed
                yield _unreadable(str(file), e)
            else:
                yield str(file.absolute()), found.st_size, f"{found.st_size}.{found.st_mtime_ns}"


def _far_files(address: str) -> Iterator[tuple[str, int, str] | Failure]:
    from pyarrow import fs

    scheme = address.partition("://")[0]
    try:
        place, path = _place(address)
        [info] = place.get_file_info([path])
        if info.type == fs.FileType.Directory:
            listed = place.get_file_info(fs.FileSelector(path, recursive=True))
            chosen = sorted((i for i in listed if i.type == fs.FileType.File), key=lambda i: i.path)
        else:
            chosen = [info]
    except (OSError, ValueError) as e:  # pyarrow's errors of an address are ValueErrors
        why = " ".join(str(e).split())
        yield Failure(address, "unreadable", f"{address} cannot be listed: {why}. Check the address, and the keys.")
        return
    for info in chosen:
        if info.type == fs.FileType.NotFound:
            yield Failure(address, "missing", f"{address} does not exist. Check the address.")
        else:
            yield f"{scheme}://{info.path}", info.size, f"{info.size}.{info.mtime_ns}"


def _place(address: str) -> tuple[Any, str]:
    """The file system of an address, with the keys of the environment, and the path in it."""
    from pyarrow import fs

    found: tuple[Any, str] = fs.FileSystem.from_uri(address)
    return found


def opened(path: str) -> BinaryIO:
    """A file, here or in an object store. Raises OSError."""
    if "://" in path:
        place, within = _place(path)
        return cast("BinaryIO", io.BufferedReader(place.open_input_file(within)))
    return Path(path).open("rb")


def _is_lines(path: str) -> bool:
    """Whether it can be read from the middle on: JSON Lines that are not packed."""
    try:
        with opened(path) as file:
            head = file.read(HEAD)
    except OSError:
        return False
    return head[:2] != GZIP and not path.casefold().endswith(".json") and kind_of(head, path) == "jsonl"


def newlines(shard: Shard) -> int:
    """How many lines end in the part. Raises OSError."""
    count, left = 0, (shard.end or 0) - shard.start
    with opened(shard.paths[0]) as file:
        file.seek(shard.start)
        while left > 0 and (piece := file.read(min(left, AT_ONCE))):
            count += piece.count(b"\n")
            left -= len(piece)
    return count


def numbered(dealt: Sequence[Shard], counts: Sequence[int | None]) -> list[Shard]:
    """The shards with their ``lines``, from what :func:`newlines` counted for those that are parts; None for others."""
    out, before = [], 0
    for shard, count in zip(dealt, counts, strict=True):
        before = 0 if shard.start == 0 else before
        out.append(shard if shard.end is None else replace(shard, lines=before))
        before += count or 0
    return out


def items(shard: Shard, skip: int = 0) -> Iterator[Item]:
    """What the shard holds, in order, but for the first ``skip``. What cannot be read is a Failure in its place."""
    return islice(_items(shard), skip, None)


def _items(shard: Shard) -> Iterator[Item]:
    yield from shard.said
    for path in shard.paths:
        try:
            with opened(path) as file:
                yield from stream(file, path, shard.published) if shard.end is None else _part(file, path, shard)
        except OSError as e:
            yield _unreadable(path, e)


def _unreadable(path: str, error: OSError) -> Failure:
    kind = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
    why = " ".join(str(error.strerror or error).split())
    return Failure(path, kind, f"{path} cannot be read: {why}. Every machine of the cluster must see it.")


def line(content: bytes, source: str, published: dt.date | None) -> Report:
    """One line of JSON Lines. Raises InputError."""
    return from_json_line(content, source, published=published)


def _part(file: BinaryIO, path: str, shard: Shard) -> Iterator[Item]:
    """The lines that begin in the part, numbered as in the whole file (``intake`` reads whole ones)."""
    number, at = shard.lines, shard.start
    if at:
        file.seek(at - 1)
        rest = _past(file, file.readline(AT_ONCE))
        at += rest - 1
        number += rest > 1  # the line that began before this part ends in it, or behind it
    while at < (shard.end or 0) and (content := file.readline(MAX_LINE + 1)):
        number += 1
        source = f"{path}:{number}"
        if len(content) > MAX_LINE:
            at += _past(file, content)
            what = f"{source} is a line of more than {MAX_LINE:,} bytes, which was skipped. A report may have "
            yield Failure(source, "too-large", f"{what}{MAX_CHARACTERS:,} characters.")
            continue
        at += len(content)
        if content.strip(b"\xef\xbb\xbf \t\r\n"):
            yield Raw(line, content, source, shard.published)


def _past(file: BinaryIO, piece: bytes) -> int:
    """Go to the end of the line that ``piece`` begins; how many bytes it has."""
    length = len(piece)
    while piece and not piece.endswith(b"\n"):
        piece = file.readline(AT_ONCE)
        length += len(piece)
    return length
