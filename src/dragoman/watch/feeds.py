"""One round over the feeds: those that are due are asked, their new stories become reports, and all of it is kept."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dragoman.errors import InputError
from dragoman.inputs import warc
from dragoman.model import Failure, Report
from dragoman.reading.take_in import as_of
from dragoman.watch.apart import Parser
from dragoman.watch.errands import Errand, Errands
from dragoman.watch.feed import Story, report_of
from dragoman.watch.polite import LONGEST_WAIT, Hosts, retry_after, wait_after
from dragoman.watch.state import Feed, State
from dragoman.watch.wire import Answer, Wire, refused

MOST_TRIES = 3  # rounds in which an article is asked for that cannot be had
FOR_GOOD = ("missing", "permission", "too-large")  # failures that another try does not mend


@dataclass
class FeedWatch:
    """Feeds by their addresses. every: seconds between rounds. fetch: ask for the articles too.

    clock: seconds since 1970.
    """

    urls: Sequence[str]
    state: State
    wire: Wire
    hosts: Hosts
    parser: Parser
    every: float
    fetch: bool = False
    clock: Callable[[], float] = time.time
    asked: int = field(default=0, init=False)
    _feeds: dict[str, Feed] = field(default_factory=dict, init=False)
    _stories: dict[str, int] = field(default_factory=dict, init=False)
    _sent: dict[str, int] = field(default_factory=dict, init=False)  # articles on their way, and their tries so far
    _open: Counter[str] = field(default_factory=Counter, init=False)  # how many of them each feed waits for

    def round(self) -> Iterator[Report | Failure]:
        """The new stories of all feeds that are due, as they come in; what cannot be had is a Failure.

        Call :meth:`keep` once they are in the record: a round that ends before that is done again.
        """
        self._feeds, self._stories, self._sent, self._open, self.asked = {}, {}, {}, Counter(), 0
        errands = Errands(self.wire, self.hosts)
        try:
            for url in self.urls:
                feed = self.state.feed(url)
                if not feed.gone and not 0 < feed.due - self.clock() <= LONGEST_WAIT + self.every:
                    self.asked += 1
                    errands.add(Errand(url, feed, _conditions(feed)))
            for errand, answer in errands.answers():
                if isinstance(errand.of, Feed):
                    yield from self._feed(errand.of, answer, errands)
                elif isinstance(errand.of, Story):
                    yield from self._article(errand.of, answer)
        finally:
            errands.close()

    def close(self) -> None:
        """Let go of what parses feeds."""
        self.parser.close()

    def keep(self) -> None:
        """Remember what this round has done. A feed of which an article is still to come must tell of it again."""
        feeds = (replace(f, etag=None, modified=None) if self._open[f.url] else f for f in self._feeds.values())
        self.state.keep(feeds, self._stories.items(), self.clock())

    def _feed(self, feed: Feed, answer: Answer | InputError, errands: Errands) -> Iterator[Report | Failure]:
        now = self.clock()
        if isinstance(answer, Answer) and answer.status == 304:
            self._feeds[feed.url] = replace(feed, due=0.0, failures=0)
            return
        try:
            if isinstance(answer, InputError):
                raise answer
            if answer.status != 200:
                raise refused(answer)
            found = self.parser.stories(answer.body, feed.url, answer.headers)
        except InputError as e:
            failures = feed.failures + 1
            told = answer.headers.get("retry-after") if isinstance(answer, Answer) else None
            due = now + wait_after(failures, self.every, retry_after(told, now))
            gone = isinstance(answer, Answer) and answer.status == 410
            self._feeds[feed.url] = replace(feed, due=due, failures=failures, gone=gone)
            yield _failure(feed.url, e)
            return
        for story in found:
            yield from self._story(story, errands)
        # Only now: a round that is ended among its stories must be told of them again.
        self._feeds[feed.url] = Feed(feed.url, answer.headers.get("etag"), answer.headers.get("last-modified"))

    def _story(self, story: Story, errands: Errands) -> Iterator[Report | Failure]:
        key = (story.link_key if self.fetch else None) or story.words_key
        if key in self._stories or key in self._sent:
            return
        tries = self.state.tries(key)
        if tries == 0:
            self._stories[key] = 0
        elif key.startswith("link:") and story.link:
            self._sent[key] = tries or 0
            self._open[story.feed] += 1
            errands.add(Errand(story.link, story))
        else:
            self._stories[key] = 0
            yield self._told(story)

    def _article(self, story: Story, answer: Answer | InputError) -> Iterator[Report | Failure]:
        """The article of a story, else, when it cannot be had for good, what the feed itself tells."""
        key = story.link_key or ""
        try:
            if isinstance(answer, InputError):
                raise answer
            if answer.status != 200:
                raise refused(answer)
            yield self._page(story, answer)
        except InputError as e:
            yield _failure(answer.url if isinstance(answer, Answer) else story.link or story.feed, e)
            tries = self._sent.get(key, 0) + 1
            fetched = isinstance(answer, Answer) and answer.status == 200
            if not fetched and e.kind not in FOR_GOOD and tries < MOST_TRIES:
                self._stories[key] = tries
                return  # the feed stays open, and tells of it again
            yield self._told(story)
        self._stories[key] = 0
        self._open[story.feed] -= 1

    def _page(self, story: Story, answer: Answer) -> Report:
        told = warc.type_of(answer.headers.get("content-type", ""), "", answer.body)
        if told is None:
            kind = answer.headers.get("content-type", "an unnamed type")[:60]
            raise InputError("binary", f"{answer.url} is no page but {kind}. It is not read.")
        page = warc.Page(0, answer.url, self._today(), told[0], told[1], "", answer.body)
        report = warc.report_of(page, answer.url, None)
        day = report.published or story.published
        dated = report.published_from or ("the feed" if story.published else None)
        return as_of(
            replace(
                report,
                title=report.title or story.title,
                publisher=report.publisher or story.publisher,
                author=report.author or story.author,
                published=day,
                published_from="the feed" if day and not report.published else dated,
            ),
            self._today(),
        )

    def _told(self, story: Story) -> Report | Failure:
        source = f"{story.feed}#{story.link}" if story.link else story.feed
        try:
            return report_of(story, source, None, seen=self._today())
        except InputError as e:
            return Failure(source, e.kind, e.message)

    def _today(self) -> dt.date:
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC).date()


def _conditions(feed: Feed) -> dict[str, str]:
    """Headers by which a host may answer that nothing is new."""
    accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
    told = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified, "Accept": accept}
    return {k: v for k, v in told.items() if v and v.isascii() and v.isprintable()}


def _failure(source: str, error: InputError) -> Failure:
    message = error.message if error.message.startswith(source) else f"{source}: {error.message}"
    return Failure(source, error.kind, message)
