"""One report at a time, as pure functions: no files, no clock, no database, no globals."""
