"""Many machines read into one record: inputs are dealt out in shards, each worker commits what it read (docs/scale.md).

:mod:`~dragoman.cluster.shards` deals inputs out, :mod:`~dragoman.cluster.worker` reads one shard into the record, by a
process of its own (:mod:`dragoman.crew`) that may die, and :mod:`~dragoman.cluster.run` alone knows Ray.
"""
