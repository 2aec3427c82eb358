"""The record in other people's formats; :data:`FORMATS` lists them, one file or SQL file each."""

from dragoman.record.export.formats import FORMATS, Format, export
from dragoman.record.export.selection import Filters
from dragoman.record.export.tables import ORDER as EXPORTED_TABLES

__all__ = ["EXPORTED_TABLES", "FORMATS", "Filters", "Format", "export"]
