"""link, stories, story: the same deed in several reports."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from dragoman import show
from dragoman.commands.options import Command, answers, of_both, of_events
from dragoman.commands.options import record as record_option
from dragoman.commands.printing import plain_values, print_json, print_rows
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.asking import EVENT_FILTERS, SIDES


def add(command: Command) -> None:
    """The commands of this file."""
    link = command("link", _link, "find the same deed in several reports, or rule what is one deed and what is not")
    ruling = link.add_mutually_exclusive_group()
    for name, text in (
        ("same", "these two events are one deed"),
        ("not-same", "they are not"),
        ("undo", "take a ruling on them back"),
    ):
        ruling.add_argument(f"--{name}", nargs=2, metavar=("EVENT", "OTHER"), help=text)
    record_option(link)

    stories = command("stories", _stories, "deeds that several reports tell, by how many independent sources do")
    stories.add_argument("--source", metavar="WHO", help="who acts: code or name")
    stories.add_argument("--target", metavar="WHO", help="to whom it is done")
    stories.add_argument("--actor", metavar="WHO", help="on either side")
    stories.add_argument("--type", metavar="TYPE", help="type of PLOVER: CONSULT, SUPPORT, SANCTION ...")
    of_events(stories)
    of_both(stories)
    stories.add_argument("--report", metavar="REPORT", help="that this report tells")
    stories.add_argument("--limit", type=int, metavar="N", help="the first N")
    answers(stories)

    story = command(
        "story", _story, "one deed: its reports side by side, sources counted, what they disagree in, and why"
    )
    story.add_argument("event", metavar="EVENT", help="any of its events: REPORT-e1")
    record_option(story)
    story.add_argument("--json", action="store_true", help="print one JSON object")


def _link(args: argparse.Namespace) -> int:
    record, out = Record(args.record), show.console()
    for name, same in (("same", True), ("not_same", False), ("undo", None)):
        pair = getattr(args, name)
        if pair is not None:
            one, other = record.judge(pair[0], pair[1], same)
            out.print(
                f"{one} and {other}: {'ruling taken back' if same is None else 'one deed' if same else 'two deeds'}"
            )
            return 0
    done = record.link()
    out.print(
        f"{show.count(done.reports, 'report')} compared: {done.pairs:,} pairs of events, {done.same:,} of them one deed"
    )
    return 0


def _stories(args: argparse.Namespace) -> int:
    record = Record(args.record)
    chosen = {name: getattr(args, name) for name in (*SIDES, *EVENT_FILTERS) if name not in ("limit", "report")}
    chosen["report"] = record.find(args.report) if args.report else None
    if args.limit is not None and args.limit < 0:
        raise UsageError("--limit takes a number from 0 on")
    rows = record.stories(limit=args.limit, **chosen)
    if not print_rows(args, rows):
        show.story_rows(show.console(), rows)
    return 0


def _story(args: argparse.Namespace) -> int:
    found = Record(args.record).story(args.event)
    if args.json:
        print_json(plain_values(asdict(found)))
    else:
        show.story(show.console(), found)
    return 0
