"""What the evaluation says of parts, variants, gained and lost questions and risk: the pure functions, on small tables."""

import random
from types import SimpleNamespace
from typing import Any

import pytest

from eval import ablation, consistency, gained, paired, risk
from tiaowen.ask.query import COMMON, HARM, Concept, Understanding
from tiaowen.index.pinyin import sound
from tiaowen.model import AskResult
from tiaowen.rules import rows, table


def outcome(identity: str, rank: int | None, status: bool, **result: Any) -> Any:
    expect = {"status": "not_found" if rank is None else "answered"}
    return SimpleNamespace(row={"id": identity, "expect": expect}, rank=rank, status=status,
                           result=AskResult(None, "", result.get("answered", "answered"), "", confidence=result.get("confidence")))


@pytest.mark.parametrize(("whole", "other", "mean", "changed"), [
    ([1.0, 0.0, 1.0], [1.0, 0.0, 1.0], 0.0, 0),
    ([1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 1.0], -0.25, 1),
    ([0.0] * 8, [1.0] * 8, 1.0, 8),
])
def test_a_difference_is_paired(whole: list[float], other: list[float], mean: float, changed: int) -> None:
    found = paired.difference(whole, other)
    assert found.mean == pytest.approx(mean) and found.changed == changed
    assert found.low <= found.mean <= found.high
    assert found == paired.difference(whole, other), "the same seed, the same interval"


def test_the_interval_and_the_p_value_tell_much_from_little() -> None:
    much = paired.difference([0.0] * 20, [1.0] * 18 + [0.0] * 2)
    little = paired.difference([0.0, 1.0] * 10, [1.0, 0.0] * 10)
    assert much.clear and much.p < 0.01
    assert not little.clear and little.p > 0.5
    assert str(paired.difference([1.0], [1.0])) == "0"
    assert "-" not in str(paired.difference([1.0, 1.0], [0.0, 1.0]))


def test_scores_count_grades_and_questions_without_results() -> None:
    gold = {"a": {"d#1": 3, "d#2": 1}, "b": {"d#3": 3}, "c": {"d#4": 3}}
    found = ablation.scored(gold, {"a": ["d#2", "d#1"], "b": ["d#3"], "c": []})
    assert found.each["Success@1"] == [0.0, 1.0, 0.0], "a provision of grade 1 in the first place is not the right one"
    assert found.each["RR"] == [0.5, 1.0, 0.0]
    assert 0 < found.each["nDCG@10"][0] < 1 and found.each["nDCG@10"][1:] == [1.0, 0.0]
    assert found.mean["Success@5"] == pytest.approx(2 / 3)


def test_a_part_switched_off_leaves_the_rest() -> None:
    lay = Concept("老师", ("老师", "教职员工"), 0.8, "actor", 0)
    common, word = Concept(COMMON[0], (COMMON[0], "儿童"), 0.0, "actor", 2), Concept("报告", ("报告",), 1.0, "word", 6)
    harm = Concept(HARM, (HARM, "强制报告"), 0.8, "act", 8)
    u = Understanding("问", concepts=(lay, common, word, harm), harm=True)
    plain = ablation.without_lay(u).concepts
    assert [c.means for c in plain] == [("老师",), (COMMON[0],), ("报告",), harm.means]
    assert [c.weight for c in plain] == [1.0, 0.0, 1.0, 0.8], "a word that all provisions share still does not rank"
    calm = ablation.without_harm(u)
    assert not calm.harm and calm.concepts == (lay, common, word)


@pytest.mark.parametrize("feature", sorted({f for features in ablation.FEATURES.values() for f in features}))
def test_every_feature_that_is_switched_off_ranks(feature: str) -> None:
    assert feature in table("weights")["rank"]


def test_every_feature_that_ranks_is_switched_off() -> None:
    assert set(table("weights")["rank"]) == {f for features in ablation.FEATURES.values() for f in features}


@pytest.mark.parametrize(("plain", "wanted"), [
    ("第55条第2款说什么", "第五十五条第二款说什么"),
    ("2025年前要建几所", "二〇二五年前要建几所"),
    ("五个工作日内要回复吗", "5个工作日内要回复吗"),
    ("方案三（二）6（4）讲什么", None),  # a place in a plan: 六 would be another one
    ("县政发〔2021〕21号", None),
    ("万一他跑了，哪一条管", None),
    ("拨打12345", None),
])
def test_numerals_change_where_they_count(plain: str, wanted: str | None) -> None:
    assert consistency.numerals(plain, random.Random(0)) == wanted


@pytest.mark.parametrize(("plain", "wanted"), [("第5条，行吗？", "第５条,行吗?"), ("谁管", None)])
def test_width_changes_both_ways(plain: str, wanted: str | None) -> None:
    assert consistency.width(plain, random.Random(0)) == wanted


def test_a_typo_sounds_the_same_and_stands_in_a_content_word() -> None:
    plain = "网吧让学生进去怎么办"
    for seed in range(20):
        made = consistency.typo(plain, random.Random(seed))
        assert made is not None
        changed = [(a, b) for a, b in zip(plain, made, strict=True) if a != b]
        assert len(changed) == 1 and sound(changed[0][0]) == sound(changed[0][1])
    assert consistency.typo("谁管", random.Random(0)) is None


def test_another_everyday_word_stands_in_the_same_row() -> None:
    row = next(row for row in rows("lay", "lay") if "派出所" in row["say"])
    for seed in range(5):
        made = consistency.everyday("派出所几点开门", random.Random(seed))
        assert made is not None and made.endswith("几点开门")
        assert made.removesuffix("几点开门") in set(row["say"]) - {"派出所"}
    assert not consistency._joins("未成年人能进吗", "未成年", "未城年人"), "人 would stand twice"
    assert consistency._joins("我爸打我", "我爸", "老爸")


def test_variants_are_the_same_every_time() -> None:
    question = "老师发现学生被打，5个工作日内要报警吗？"
    first = list(consistency.variants("q1", question))
    assert first == list(consistency.variants("q1", question))
    assert {"full and half width", "traditional characters", "Arabic and Chinese numerals"} <= {kind for kind, _ in first}
    assert all(made != question for _, made in first)


def test_gained_and_lost_count_what_both_runs_count() -> None:
    before = gained.parsed(gained.text([outcome("a", 1, True), outcome("b", 2, True), outcome("c", None, False)]))
    after = [outcome("a", 3, True), outcome("b", 1, False), outcome("c", None, True), outcome("new", 1, True)]
    assert gained.change(before, gained.kept(after), "first") == gained.Change(("b",), ("a",))
    assert gained.change(before, gained.kept(after), "status") == gained.Change(("c",), ("b",))


def test_ids_of_the_test_half_are_not_printed() -> None:
    before = gained.kept([outcome("secret", 1, True), outcome("open", 1, True)])
    printed = "\n".join(gained.lines(before, {"tune": [outcome("open", 2, True)], "test": [outcome("secret", 2, True)]}))
    assert "open" in printed and "secret" not in printed and printed.count("lost 1") == 2


def test_risk_falls_from_the_surest_answers_up() -> None:
    found = risk.judged([outcome("a", 1, True, confidence=0.9), outcome("b", 2, True, confidence=0.6),
                         outcome("c", None, True, confidence=0.2, answered="not_found"), outcome("d", 1, True)])
    assert [(j.confidence, j.right, j.answered) for j in found] == [(0.9, True, True), (0.6, False, True), (0.2, False, False)]
    assert risk.thresholds(found) == [0.2, 0.6, 0.9]
    lines = risk.table(found)
    assert lines[2].startswith("| 0.20 | 1.000 (3/3") and "0.667 (2/3" in lines[2]
    assert lines[4].startswith("| 0.90 | 0.333 (1/3") and "0.000 (0/1" in lines[4]
    assert "as decided | 0.667 (2/3" in lines[5] and "0.500 (1/2" in lines[5]


def test_groups_with_few_questions_stand_together() -> None:
    kinds = ["limit"] * 8 + ["duty"] * 9 + ["typo"] * 2
    chosen: Any = [SimpleNamespace(row={"kind": kind}) for kind in kinds]
    right = [1.0] * 4 + [0.0] * 4 + [1.0] * 9 + [0.0, 1.0]
    head, _, names, _, row, _ = ablation.grouped(chosen, {"whole": ablation.Scores({}, {"Success@1": right})}, "kind")
    assert head.startswith("Success@1 by kind")
    assert names == "| ranking | duty (9) | limit (8) | others (2) |"
    assert row == "| whole | 1.00 | 0.50 | 0.50 |"
