"""Report -> Segments: headline, dateline, byline, body, caption, credit, furniture."""

from __future__ import annotations

from dragoman.reading.segment.repeated import Repeated, repeated_lines
from dragoman.reading.segment.stage import SegmentStage, segment, segment_with

__all__ = ["Repeated", "SegmentStage", "repeated_lines", "segment", "segment_with"]
