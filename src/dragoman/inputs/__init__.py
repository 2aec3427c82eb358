"""Kinds of input beyond text, pages and JSON Lines: archives of the web, mail, tables, lists. Streams -> Reports.

One module a kind; ``dragoman.intake`` tells which one an input is for. Nothing here opens the network.
"""
