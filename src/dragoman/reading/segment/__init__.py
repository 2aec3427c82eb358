"""Report -> Segments: headline, dateline, byline, body, caption, credit, furniture."""

from __future__ import annotations

from dragoman.reading.segment.stage import SegmentStage, segment

__all__ = ["SegmentStage", "segment"]
