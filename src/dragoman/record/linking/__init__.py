"""The same deed in several reports: pairs of events compared, story events made of them, sources counted once."""

from dragoman.record.linking.link import Linked, judge, link, regroup
from dragoman.record.linking.story import Disagreement, Story, disagreements, story

__all__ = ["Disagreement", "Linked", "Story", "disagreements", "judge", "link", "regroup", "story"]
