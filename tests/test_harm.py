"""Whether a question is about harm to a child: rates over labelled questions, and every row of the table."""

import json
from pathlib import Path
from typing import Any

import pytest

from tiaowen.ask.query import is_harm
from tiaowen.index.tokens import fold
from tiaowen.rules import compiled, rows

QUESTIONS = Path(__file__).with_name("data") / "harm.jsonl"
SECTIONS = ("mask", "victim", "always", "act", "calm", "incident")
ROWS = [pytest.param(row, id=f"{section}-{row['id']}") for section in SECTIONS for row in rows("safety", section)]


def questions(*, held: bool, harm: bool) -> list[str]:
    """The questions of one half of the set with one label."""
    found = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [fold(q["question"]) for q in found if q["held"] is held and q["harm"] is harm]


def test_the_set_is_large_enough_and_says_nothing_twice() -> None:
    everything = [q for held in (True, False) for harm in (True, False) for q in questions(held=held, harm=harm)]
    assert len(everything) == len(set(everything))
    for held in (True, False):
        assert len(questions(held=held, harm=True)) >= 225
        assert len(questions(held=held, harm=False)) >= 225


@pytest.mark.parametrize("held", [True, False])
def test_questions_of_harm_show_the_strip(held: bool) -> None:
    asked = questions(held=held, harm=True)
    missed = [q for q in asked if not is_harm(q)]
    assert len(missed) <= 0.04 * len(asked), missed


@pytest.mark.parametrize("held", [True, False])
def test_questions_that_only_use_the_words_do_not(held: bool) -> None:
    asked = questions(held=held, harm=False)
    wrong = [q for q in asked if is_harm(q)]
    assert len(wrong) <= 0.04 * len(asked), wrong


@pytest.mark.parametrize("row", ROWS)
def test_rows_fire_in_their_examples_only(row: dict[str, Any]) -> None:
    pattern = compiled(row["pattern"])
    assert len(row["yes"]) >= 4
    assert len(row["no"]) >= 3
    assert not [e for e in row["yes"] if not pattern.search(fold(e))]
    assert not [e for e in row["no"] if pattern.search(fold(e))]


@pytest.mark.parametrize("row", rows("safety", "always"), ids=lambda row: row["id"])
def test_an_always_row_shows_the_strip_by_itself(row: dict[str, Any]) -> None:
    assert not [e for e in row["yes"] if not is_harm(fold(e))]


@pytest.mark.parametrize(("question", "harm"), [
    ("发现学生被欺负要不要告诉家长", True), ("疑似被性侵要向谁报告、多久之内", True), ("我爸打我", True), ("他摸我", True),
    ("我不想活了", True), ("我怕回家", True), ("班上有个女生被性侵，强制报告的时限是哪条", True),
    ("学生欺凌怎么认定", False), ("防性侵课多久一次", False), ("强制报告谁牵头", False), ("家暴的法条有哪些", False),
    ("从业查询", False), ("性侵案件法律援助派不派女律师", False), ("文身店罚多少", False), ("欺凌", False), ("", False),
])
def test_fixed_questions(question: str, harm: bool) -> None:
    assert is_harm(fold(question)) is harm


def test_a_trace_of_a_case_outweighs_the_words_of_a_rule() -> None:
    assert not is_harm("虐待学生的处分规定")
    assert is_harm("隔壁虐待学生,处分规定在哪")
