"""Reading on as news come: feeds that are asked every so often, folders into which files are put.

The only part of dragoman that opens the network, and only for ``dragoman watch FEEDS``. ``wire`` is its door.
"""
