"""Commands over the record, by theme; ``add`` of each module puts its commands beside those of :mod:`dragoman.cli`."""
