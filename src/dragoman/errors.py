"""What can go wrong, in words a person can act on."""

from __future__ import annotations


class DragomanError(Exception):
    """The root of every error that dragoman raises on purpose.

    Its text is one sentence that names what failed, where, and what to do.
    """


class UsageError(DragomanError):
    """The call itself is wrong: an option's value, a date that is none."""


class KnowledgeError(DragomanError):
    """A knowledge file is broken. The message names the file and the entry."""


class RecordError(DragomanError):
    """The record's folder cannot be read or written."""


class InputError(DragomanError):
    """One input could not be read; becomes a ``Failure`` and never stops the rest.

    ``kind`` is one of the words in :data:`FAILURE_KINDS`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


FAILURE_KINDS = (
    "missing",  # no such file
    "permission",  # the file may not be opened
    "empty",  # nothing but blanks
    "binary",  # not text at all
    "encoding",  # text, but in no encoding that decodes it
    "language",  # not English
    "too-large",  # over the limit of characters
    "broken-json",  # a line of a JSON Lines file that does not parse, or lacks text and html
    "no-article",  # an HTML page in which no article was found
    "broken-archive",  # a gzip file that ends early or is none
    "unreadable",  # anything else the operating system answered
    "too-slow",  # over the limit of time
    "memory",  # over the limit of memory
    "crash",  # the process that read it died
    "reading",  # the reading itself failed: a defect of dragoman, the message says where
)
