"""``dragoman serve``: the record in a browser."""

from __future__ import annotations

import argparse
import ipaddress
import os
import secrets
import socket
import sys
from typing import TYPE_CHECKING

from dragoman.commands.options import Command
from dragoman.commands.options import record as record_option
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.web.guard import Guard

PORT = 8350
TOKEN = "DRAGOMAN_TOKEN"  # in the environment, as arguments are seen by everybody on the machine


def add(command: Command) -> None:
    """Put the command beside the others."""
    parser = command("serve", _serve, "open the record in a browser (docs/pages.md)")
    record_option(parser)
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"default: {PORT}; 0: any that is free")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS",
        help="where to listen (default: 127.0.0.1, this machine alone); elsewhere a token is asked of everybody",
    )  # fmt: skip
    parser.add_argument(
        "--name", action="append", default=[], metavar="NAME", help="a further name of this machine to answer to"
    )
    parser.add_argument("--read-only", action="store_true", help="nobody may add reports")


def _serve(args: argparse.Namespace) -> int:
    try:
        import uvicorn
    except ImportError:
        raise UsageError("dragoman serve needs more packages: pip install 'dragoman[web]'") from None
    bound = _bound(args.host, args.port)
    port = bound.getsockname()[1]
    token = None if _loopback(args.host) else os.environ.get(TOKEN) or secrets.token_urlsafe(24)
    guard = _guard(args, token)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    asked = f"/?token={token}" if token else "/"
    print(f"dragoman: http://{shown}:{port}{asked}  (Ctrl-C ends it)", file=sys.stderr, flush=True)
    config = uvicorn.Config(
        guard, log_level="warning", access_log=False, server_header=False, limit_concurrency=200,
        timeout_keep_alive=15, h11_max_incomplete_event_size=32_768, http="h11", ws="none", proxy_headers=False,
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[bound])
    return 0


def _guard(args: argparse.Namespace, token: str | None) -> Guard:
    from dragoman.reader import Reader
    from dragoman.web.app import make_app
    from dragoman.web.guard import LOOPBACK

    hosts = (*LOOPBACK, *args.name, *(() if _loopback(args.host) else (args.host, socket.gethostname())))
    return make_app(args.record, hosts=hosts, token=token, make_reader=None if args.read_only else Reader)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises UsageError."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, proto)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except (OSError, OverflowError, UnicodeError) as e:
        why = getattr(e, "strerror", None) or e
        raise UsageError(f"Cannot listen at {host}, port {port}: {why}. Try another --port") from e
    made.listen(128)
    return made
