"""The record in a browser, and as an interface for programs: pages made on the server, over :mod:`dragoman.record`.

Start at :func:`dragoman.web.app.make_app`. What comes with a request is never opened as a path or an address; what
comes out of a report is never trusted: every word of it is escaped (docs/pages.md).
"""
