"""Paths -> Reports: files, folders, standard input, gzip. The I/O side of ``dragoman.reading.take_in``."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from dragoman.errors import InputError
from dragoman.inputs import listed, mail, table, warc
from dragoman.model import Failure, Report
from dragoman.reading.take_in import MAX_CHARACTERS, from_html, from_json_line, from_json_object, from_text, kind_of
from dragoman.reading.take_in.decode import MAX_BYTES
from dragoman.reading.take_in.kinds import ENDINGS, GZIP, HEAD

# A page's markup is often ten times its text; a JSON line may write each character as an escape of six bytes.
MAX_PAGE = 20_000_000
MAX_LINE = 16_000_000
# A gzip file is a bomb, and its rest is left unread, where one line of it is longer than this, or where more than
# BOMB bytes came out of it and they are so many times its own size. Reports shrink to a third or a tenth; the most that
# gzip can do is a thousandth.
MAX_UNFOLDED = 1_000_000_000
BOMB = 10_000_000
MAX_RATIO = 200

# Endings of files that lie beside reports in folders and are none. A file that is itself named is always tried.
PROGRAMS = frozenset(
    ("py", "js", "ts", "css", "c", "h", "cpp", "rs", "go", "java", "sh", "bat", "r", "ipynb", "sql", "toml", "cfg")
) | {"ini", "yaml", "yml", "lock"}
NOTES = frozenset(
    ("md", "rst", "license", "licence", "readme", "changelog", "authors", "notice", "copying", "makefile")
)
TABLES = frozenset(("xml", "rss", "sqlite", "db", "log", "bib"))
MEDIA = frozenset(
    ("png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "mp3", "mp4", "wav", "mov", "woff", "woff2", "ttf")
)


Make = Callable[[Any, str, dt.date | None], Report]
Things = Iterable[tuple[str, object] | Failure]


@dataclass(frozen=True, slots=True)
class Raw:
    """One report as it was found: bytes, not made into text yet.

    Making text of a page may take long and may fail in ways that no parser foresees, so it is done where it can be
    stopped (:mod:`dragoman.crew`). Whoever adds a kind of input yields these.

    make: called with content, source and the day; a function of a module, as it goes to another process by its name.
    Raises InputError. published: the day of a report that states none.
    """

    make: Make
    content: object
    source: str
    published: dt.date | None = None


Item = Raw | Report | Failure


def inputs(
    paths: Sequence[str], *, published: dt.date | None = None, stdin: BinaryIO | None = None, ending: str = ""
) -> Iterator[Report | Failure]:
    """Every report under ``paths``, in their order, one at a time; what cannot be read is a Failure in its place.

    A path is a file, a folder (read with all below it, sorted by name, hidden files left out), "@" and a file that
    lists paths, or "-" for standard input. published: the day of inputs that state none. stdin: where "-" is read
    from; default the process's own. ending: read every input as a file of this ending (``ENDINGS``), whatever its own.
    """
    return map(take, found(paths, published=published, stdin=stdin, ending=ending))


def take(item: Item) -> Report | Failure:
    """The report that was found, as text. Whatever its content does to the parsers is a Failure."""
    if not isinstance(item, Raw):
        return item
    try:
        return item.make(item.content, item.source, item.published)
    except InputError as e:
        return Failure(item.source, e.kind, e.message)
    except MemoryError:
        raise
    except Exception as e:
        what = f"{type(e).__name__}: {' '.join(str(e).split())}"[:200].rstrip(": ")
        return Failure(
            item.source, "reading", f"{item.source} could not be made into text ({what}). Save it again as plain text."
        )


def _page(content: bytes, source: str, published: dt.date | None) -> Report:
    return from_html(content, source, published=published)


def _text(content: bytes, source: str, published: dt.date | None) -> Report:
    return from_text(content, source, published=published)


def _line(content: bytes, source: str, published: dt.date | None) -> Report:
    return from_json_line(content, source, published=published)


def _value(content: object, source: str, published: dt.date | None) -> Report:
    return from_json_object(content, source, published=published)


def found(
    paths: Sequence[str], *, published: dt.date | None = None, stdin: BinaryIO | None = None, ending: str = ""
) -> Iterator[Item]:
    """The same before any of it is made into text: for :func:`take`."""
    for path in paths:
        if path == "-":
            yield from stream(stdin if stdin is not None else sys.stdin.buffer, "-", published, ending)
        else:
            for file in files(Path(path)):
                yield from [file] if isinstance(file, Failure) else _file(file, published, ending)


def files(path: Path) -> Iterator[Path | Failure]:
    """The files that a path names, none of them opened but lists; what is left out is a Failure in its place."""
    if str(path).startswith("@") and not path.exists():
        yield from _listed(Path(str(path)[1:]))
        return
    try:
        mode = path.stat().st_mode
    except OSError as e:
        yield _os_failure(path, e)
        return
    except ValueError:  # a NUL in the name
        yield Failure(str(path), "unreadable", f"{path} is no path that the system knows. Check its name.")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield path
    else:
        what = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
        yield Failure(str(path), "unreadable", f"{path} is {what}, not a file. Use - to read from standard input.")


def _listed(path: Path) -> Iterator[Path | Failure]:
    try:
        with path.open("rb") as f:
            for name in listed.names(f, str(path)):
                yield from [name] if isinstance(name, Failure) else files(Path(name))
    except OSError as e:
        yield _os_failure(path, e)


def _folder(folder: Path) -> Iterator[Path | Failure]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)  # of a million files nothing else is held
    except OSError as e:
        yield _os_failure(folder, e)
        return
    empty = True
    for name in names:
        if name.startswith("."):
            continue
        empty = False
        path = folder / name
        ending = name.rpartition(".")[2].casefold()
        if path.is_symlink() and path.is_dir():
            yield Failure(
                str(path),
                "unreadable",
                f"{path} is a link to a folder, which is not followed. Name that folder itself.",
            )
        elif path.is_dir() and (path / "_delta_log").is_dir():
            yield Failure(str(path), "unreadable", f"{path} was left out: it is a table of a record, and no reports.")
        elif (what := _no_report(ending)) is not None and not path.is_dir():
            kind = "binary" if ending in MEDIA else "unreadable"
            yield Failure(
                str(path), kind, f"{path} was left out: by its name it is {what}. Name the file itself to have it read."
            )
        else:
            yield from files(path)
    if empty:
        yield Failure(
            str(folder),
            "empty",
            f"{folder} is a folder without reports. Give a folder that holds .txt, .html or .jsonl files.",
        )


def _no_report(ending: str) -> str | None:
    if ending in PROGRAMS:
        return "a program or its settings"
    if ending in NOTES:
        return "a note about the folder"
    if ending in TABLES:
        return "a table or a log"
    return "a picture, a sound, a film or a font" if ending in MEDIA else None


def _file(path: Path, published: dt.date | None, ending: str) -> Iterator[Item]:
    try:
        with path.open("rb") as f:
            yield from stream(f, str(path), published, ending)
    except OSError as e:
        yield _os_failure(path, e)


def stream(raw: BinaryIO, source: str, published: dt.date | None, ending: str = "") -> Iterator[Item]:
    """What one open file holds, unpacked when it is gzip by its first bytes; ending: as :func:`inputs` has it."""
    try:
        # Whatever was handed in, from here on it is a buffered reader, whose head can be looked at without taking it.
        peeked = hasattr(raw, "peek")
        buffered = cast("io.BufferedReader", raw if peeked else io.BufferedReader(cast("io.RawIOBase", raw)))
        name = source
        if buffered.peek(2)[:2] == GZIP:
            name = source[:-3] if source.casefold().endswith(".gz") else source
            if _kind(_unfolded_head(buffered.peek(HEAD)), name, ending) == "warc":
                yield from _named(warc.found(buffered, source, packed=True), warc.report_of, published)
                return
            buffered = cast("io.BufferedReader", io.BufferedReader(gzip.GzipFile(fileobj=buffered)))
        elif source.casefold().endswith(".gz"):
            if not buffered.peek(1):
                raise InputError("empty", f"{source} is empty. Give a file that holds a report.")
            raise InputError(
                "broken-archive", f"{source} ends in .gz but is no gzip file. Rename it, or pack it again."
            )
        kind = _kind(buffered.peek(HEAD)[:HEAD], name, ending)
        name = f"{name}.{ending}" if ending else name
        if kind == "gzip":
            raise InputError(
                "broken-archive", f"{source} is a gzip file within a gzip file. Unpack it once: gunzip FILE."
            )
        if kind == "jsonl":
            yield from _json_lines(buffered, source, name, published)
        elif (more := _more(kind, buffered, source, name)) is not None:
            yield from _named(*more, published)
        else:
            yield _whole(kind, buffered, source, published)
    except InputError as e:
        yield Failure(source, e.kind, e.message)
    except (EOFError, zlib.error, gzip.BadGzipFile) as e:
        yield _archive_failure(source, e)


def _kind(head: bytes, name: str, ending: str) -> str:
    """What an input is: as it was asked for, but for a gzip file within a gzip file; else what its head or name say."""
    return ENDINGS[ending] if ending and not head.startswith(GZIP) else kind_of(head, name)


def _whole(kind: str, buffered: io.BufferedReader, source: str, published: dt.date | None) -> Raw:
    """A file that is one report. Raises InputError."""
    limit = MAX_PAGE if kind == "html" else MAX_BYTES
    content = buffered.read(limit + 1)
    if len(content) > limit:
        raise InputError(
            "too-large",
            f"{source} is over the limit of {limit:,} bytes for one report of at most {MAX_CHARACTERS:,} characters. "
            f"Split it into its reports.",
        )
    return Raw(_page if kind == "html" else _text, content, source, published)


def _more(kind: str, buffered: io.BufferedReader, source: str, name: str) -> tuple[Things, Make] | None:
    """What files of the kinds of :mod:`dragoman.inputs` hold, and what makes reports of it. Raises InputError."""
    if kind == "warc":
        return warc.found(buffered, source, packed=False), warc.report_of
    if kind == "mail":
        return mail.found(buffered, source), mail.report_of
    if kind == "mailbox":
        return mail.found_in_mailbox(buffered, source), mail.report_of
    if kind == "table":
        return table.rows_of_csv(buffered, source, tabs=name.casefold().endswith(".tsv")), _value
    if kind == "parquet":
        if isinstance(buffered.raw, gzip.GzipFile):
            raise InputError("unreadable", f"{source} is a Parquet file that is packed again. Unpack it: gunzip FILE.")
        path = getattr(buffered, "name", None)  # of standard input a number, of what is held in memory none
        if isinstance(path, str) and Path(path).is_file():
            return table.rows_of_parquet(Path(path), source), _value
        return table.rows_of_parquet_stream(buffered, source), _value
    return None


def _unfolded_head(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(packed, HEAD)
    except zlib.error:
        return b""


def _named(things: Things, make: Make, published: dt.date | None) -> Iterator[Item]:
    for thing in things:
        yield thing if isinstance(thing, Failure) else Raw(make, thing[1], thing[0], published)


def _archive_failure(source: str, error: Exception) -> Failure:
    why = "ends before its data do" if isinstance(error, EOFError) else "is damaged"
    return Failure(source, "broken-archive", f"{source} {why}: it is no whole gzip file. Fetch or pack it again.")


def _json_lines(stream: io.BufferedReader, source: str, name: str, published: dt.date | None) -> Iterator[Item]:
    """One report a line; blank lines are passed over, a line that is too long is skipped without being held."""
    number, some = 0, False
    if name.casefold().endswith(".json") and (whole := _whole_json(stream)) is not None:
        for number, value in enumerate(whole, start=1):
            some = True
            yield Raw(_value, value, f"{source}:{number}", published)
    try:
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            at = f"{source}:{number}"
            if number % 65_536 == 0 and _is_bomb(stream):
                yield Failure(
                    source,
                    "broken-archive",
                    f"{source} unfolds to more than {MAX_RATIO} times its size by line {number}: it is no file of "
                    f"reports, and its rest was left unread. Leave it out.",
                )
                return
            if len(line) > MAX_LINE:
                some, whole_line = True, _skip_line(stream, line)
                done = "was skipped" if whole_line else "does not seem to end: the file's rest was left unread"
                yield Failure(
                    at,
                    "too-large",
                    f"{at} is a line of more than {MAX_LINE:,} bytes, which {done}. A report may have "
                    f"{MAX_CHARACTERS:,} characters.",
                )
                if not whole_line:
                    return
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                some = True
                yield Raw(_line, line, at, published)
    except (EOFError, zlib.error, gzip.BadGzipFile) as e:
        yield _archive_failure(source, e)
        return
    if not some:
        yield Failure(source, "empty", f"{source} is empty. Give a file that holds a report a line.")


def _skip_line(stream: io.BufferedReader, piece: bytes) -> bool:
    """Go past the end of the line that ``piece`` starts; False when it is of a bomb, and never seems to end."""
    packed, skipped = isinstance(stream.raw, gzip.GzipFile), len(piece)
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(1_000_000)
        skipped += len(piece)
        if packed and skipped > MAX_UNFOLDED:
            return False
    return True


def _is_bomb(stream: io.BufferedReader) -> bool:
    """Whether what was read so far of a gzip file is far more than any text unfolds to."""
    if not isinstance(stream.raw, gzip.GzipFile) or stream.tell() < BOMB:
        return False
    packed = cast("io.BufferedReader", stream.raw.fileobj)
    return packed.seekable() and stream.tell() > MAX_RATIO * packed.tell()


def _whole_json(stream: io.BufferedReader) -> list[object] | None:
    """The objects of a .json file that is one document over many lines (an array, or one object), else None.

    The stream is left where it stood when the file is JSON Lines after all.
    """
    if not stream.seekable():
        return None
    start = stream.tell()
    content = stream.read(MAX_LINE + 1)
    stripped = content.strip()
    if len(content) <= MAX_LINE and stripped[:1] in (b"[", b"{") and b"\n" in stripped:
        try:
            value = json.loads(stripped)
            return value if isinstance(value, list) else [value]
        except (ValueError, RecursionError):
            pass
    stream.seek(start)
    return None


def _os_failure(path: Path, error: OSError) -> Failure:
    if isinstance(error, FileNotFoundError):
        what = "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
        return Failure(str(path), "missing", f"{path} {what}. Check the path.")
    if isinstance(error, PermissionError):
        return Failure(str(path), "permission", f"{path} may not be opened: permission denied. Check who may read it.")
    return Failure(
        str(path), "unreadable", f"{path} cannot be read: {error.strerror or error}. Check the file and the disk."
    )
