"""Reading in several processes: in the order of the inputs, each report within a limit, none able to stop the others.

The parent finds the inputs, prints and commits (:mod:`dragoman.crew.keep` is its door); workers make text of what was
found, read it and build its rows. They are forked off a process that has loaded the model once
(:mod:`dragoman.crew.nursery`); docs/decisions/0006-workers.md says why. Nothing is imported here: the workers need less
than the parent.
"""
