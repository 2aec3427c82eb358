"""All readings at once: a folder of tables, and questions to it."""

from dragoman.record.keep import Outcome, read_all
from dragoman.record.record import Kept, Record, Writer

__all__ = ["Kept", "Outcome", "Record", "Writer", "read_all"]
