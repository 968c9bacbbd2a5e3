"""Differences between words: kept, deleted, added."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.compare.words import KEPT, changes, parts, share_kept
from tiaowen.index.tokens import fold
from tiaowen.model import Span


def changed(before: str, after: str) -> list[tuple[str, str]]:
    found = changes(before, [Span(0, len(before))], after, [Span(0, len(after))])
    return [(before[c.before.start : c.before.end] if c.before else "", after[c.after.start : c.after.end] if c.after else "")
            for c in found if c.kind != KEPT]


@pytest.mark.parametrize(("before", "after", "pairs"), [
    ("应当立即向公安机关报告", "应当及时向公安机关报告", [("立即", "及时")]),
    ("侵害未成年人事件强制报告义务", "侵害未成年人案件强制报告义务", [("事件", "案件")]),
    ("村（居）民委员会，应当报告", "村(居)民委员会,应当报告", []),
    ("依托 12345 政务热线", "依托12345政务热线", []),
    ("开展检查。", "开展检查并通报结果。", [("", "并通报结果")]),
    ("适时通知父母", "通知父母", [("适时", "")]),
    ("", "新的一条。", [("", "新的一条。")]), ("旧的一条。", "", [("旧的一条。", "")]), ("", "", []),
])
def test_differences_respect_words(before: str, after: str, pairs: list[tuple[str, str]]) -> None:
    assert changed(before, after) == pairs


@given(st.text("应当可以立即及时报告公安机关，。（） \n12", max_size=40), st.text("应当可以立即及时报告公安机关，。（） \n12", max_size=40))
def test_both_sides_are_tiled(before: str, after: str) -> None:
    found = changes(before, [Span(0, len(before))], after, [Span(0, len(after))])
    for text, side in ((before, parts(found, after=False)), (after, parts(found, after=True))):
        held = [text[p.span.start : p.span.end] for p in side]
        assert "".join("".join(held).split()) == "".join(text.split())
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(side))
    for change in (c for c in found if c.kind == KEPT):
        assert change.before and change.after
        one, other = (fold(t[s.start : s.end]) for t, s in ((before, change.before), (after, change.after)))
        assert "".join(one.split()) == "".join(other.split())
    assert 0 <= share_kept(found) <= 1
    if "".join(fold(before).split()) == "".join(fold(after).split()):
        assert share_kept(found) == (1 if after.strip() else 0)
