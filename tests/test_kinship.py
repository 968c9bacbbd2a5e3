"""Kinship: what two texts share, what they do not, and how far the words prove it."""

import itertools
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.kinship import measure
from tests.conftest import CORPUS
from tests.support import doc, eids
from tiaowen.cli import main
from tiaowen.compare.align import GRAM, runs, stock_patterns, strip
from tiaowen.compare.conflicts import later, likeness
from tiaowen.compare.kinship import ADAPTED, ALONE, COPIED, NEW, RELATIONS, Kinship, kinship, units
from tiaowen.compare.rows import side_by_side, words_of
from tiaowen.compare.sanctions import range_of
from tiaowen.index.tokens import fold
from tiaowen.model import Document
from tiaowen.rules import compiled, rows

HIGHER = """关于照料小动物的意见
一、总则
（一）喂养。每天清晨为棚舍里的山羊添加三次苜蓿和清水，并由值班人员在登记簿上逐项签字。
（二）清扫。每逢周末彻底冲洗棚舍地面，更换垫草，并把清出的粪便运到指定的堆肥场。
（三）就医。发现山羊不愿进食的，当天请兽医上门检查，并把诊断结果告诉饲养员。
（四）展览。不得在夜间举办有灯光秀的展览。
"""
LOWER = """青山农场照料小动物的办法
一、要求
（一）喂养。每天清晨为棚舍里的山羊添加三次苜蓿和清水，并由值班人员在登记簿上逐项签字。
（二）清洁。更换垫草，并把清出的粪便运到指定的堆肥场，由园艺组再用来种南瓜。
（三）综合。发现山羊不愿进食的，当天请兽医上门检查。每逢周末彻底冲洗棚舍地面。
（四）骑行。学员骑马须戴头盔并有教练陪同。
"""


@pytest.fixture(scope="module")
def made() -> Kinship:
    return kinship(doc(HIGHER), doc(LOWER))


def pairs(found: Kinship) -> dict[tuple[str | None, str | None], str]:
    return {(p.higher and p.higher[-1], p.lower and p.lower[-1]): p.relation for p in found.pairs}


def test_copied_adapted_new_and_alone(made: Kinship) -> None:
    assert pairs(made) == {("1", "1"): COPIED, ("2", "2"): ADAPTED, ("2", "3"): ADAPTED, ("3", "3"): ADAPTED, (None, "4"): NEW, ("4", None): ALONE}


def test_shared_is_the_share_of_the_lower_unit(made: Kinship) -> None:
    share = {p.lower: p.shared for p in made.pairs if p.lower and p.higher and p.higher[-1] != "3"}
    assert share["l1_1__l2_1"] == 1.0 and 0.4 < share["l1_1__l2_2"] < 0.7
    for pair in made.pairs:
        if pair.lower:
            words = strip(made.lower.clean.text, [(made.lower.get(pair.lower).full.start, made.lower.get(pair.lower).full.end)]).words
            covered = sum(len(strip(made.lower.clean.text, [(c.lower.start, c.lower.end)]).words) for c in pair.common)
            assert covered / len(words) <= pair.shared + 1e-3


def plain(document: Document, start: int, end: int) -> str:
    return "".join(c for c in fold(document.clean.text[start:end]) if c.isalnum())


def check(found: Kinship) -> None:
    """The guarantees of the module."""
    for side, document in (("higher", found.higher), ("lower", found.lower)):
        named = [getattr(p, side) for p in found.pairs]
        assert {eid for eid in named if eid} == {p.eid for p in units(document)}
    for pair in found.pairs:
        assert pair.relation in RELATIONS and 0 <= pair.shared <= 1
        assert bool(pair.common) == bool(pair.higher and pair.lower)
        for common in pair.common:
            assert plain(found.higher, common.higher.start, common.higher.end) == plain(found.lower, common.lower.start, common.lower.end)
        below = [c.lower for c in pair.common]
        assert all(a.end <= b.start for a, b in itertools.pairwise(below)), pair


def test_the_guarantees_hold(made: Kinship) -> None:
    check(made)


@pytest.mark.parametrize("lower", ["rangtang-opinions-2022", "yuexiu-plan-draft", "hunan-measures-draft"])
def test_the_guarantees_hold_on_the_shipped_documents(documents: dict[str, Document], lower: str) -> None:
    check(kinship(documents["national-opinions-2021"], documents[lower]))


SENTENCES = [line.split("。", 1)[1].strip("\n") for line in HIGHER.splitlines()[2:]]


@given(st.lists(st.sampled_from([*SENTENCES, "村民可以在集市上出售自己种的菜。", "各级人民政府应当"]), min_size=1, max_size=5), st.randoms())
def test_any_two_texts(chosen: list[str], dice: random.Random) -> None:
    other = chosen[:]
    dice.shuffle(other)
    text = "甲文件\n一、总则\n" + "\n".join(f"（{n}）{w}" for n, w in zip("一二三四五", chosen, strict=False))
    again = "乙文件\n一、总则\n" + "\n".join(f"（{n}）{w}" for n, w in zip("一二三四五", other, strict=False))
    check(kinship(doc(text), doc(again)))


def test_a_document_is_kin_to_itself(documents: dict[str, Document]) -> None:
    found = kinship(documents["yuexiu-plan-draft"], documents["yuexiu-plan-draft"])
    assert {(p.higher, p.lower) for p in found.pairs if p.shared > 0.99} == {(p.eid, p.eid) for p in units(found.lower)}


def test_stock_phrases_prove_nothing() -> None:
    one = doc("甲办法\n第一条 各级人民政府应当建设图书馆。\n第二条 构成犯罪的，依法追究刑事责任。")
    other = doc("乙办法\n第一条 各级人民政府应当修建公路。\n第二条 违反本办法规定，构成犯罪的，依法追究刑事责任。")
    assert {p.relation for p in kinship(one, other).pairs} == {NEW, ALONE}


def test_unit_lines_are_not_compared() -> None:
    units_line = "责任单位：教育局、公安局、民政局、司法局、卫生健康局、市场监管局"
    one = doc(f"甲意见\n一、任务\n（一）修路。把村里的路修好。\n{units_line}\n")
    other = doc(f"乙意见\n一、任务\n（一）种树。在山坡上种上果树。\n{units_line}\n")
    assert one.get("l1_1__l2_1").units and {p.relation for p in kinship(one, other).pairs} == {NEW, ALONE}


def test_width_and_marks_do_not_count() -> None:
    other = HIGHER.replace("，", ",").replace("（", "(").replace("）", ")").replace("、", " ")
    assert {p.relation for p in kinship(doc(HIGHER), doc(other)).pairs if p.lower and p.higher} == {COPIED}


def test_empty_documents() -> None:
    assert kinship(doc(""), doc("")).pairs == ()
    assert [p.relation for p in kinship(doc(""), doc(LOWER)).pairs] == [NEW] * 4


def test_runs_are_maximal_and_weigh_no_more_than_they_are_long() -> None:
    strips = [[strip(text, [(0, len(text))])] for text in (HIGHER, LOWER)]
    for run in runs(*strips):
        a, b = strips[0][0].words, strips[1][0].words
        assert a[run.above : run.above + run.length] == b[run.below : run.below + run.length] and run.length >= GRAM
        assert a[run.above + run.length : run.above + run.length + 1] != b[run.below + run.length : run.below + run.length + 1]
        assert 0 < run.weight <= run.length


# -- side by side


def test_rows_hold_every_unit_once() -> None:
    one, other = doc(HIGHER), doc(LOWER)
    found = side_by_side(one, other)
    assert sorted(r.before for r in found if r.before) == [e for e in eids(one) if e.startswith("l1_1__")]
    assert [r.after for r in found if r.after] == [e for e in eids(other) if e.startswith("l1_1__")]
    assert [(r.before or "-")[-1] for r in found] == ["1", "2", "3", "4", "-"]


def test_a_renumbered_stage_is_aligned() -> None:
    before = doc("甲办法\n第一条 每天清晨为棚舍里的山羊添加苜蓿和清水。\n第二条 发现山羊不愿进食的，当天请兽医上门检查。\n")
    after = doc("甲办法\n第一条 本办法自公布之日起施行。\n第二条 每天清晨为棚舍里的山羊添加苜蓿和井水。\n第三条 发现山羊不愿进食的，请兽医上门检查。\n")
    found = side_by_side(before, after)
    assert [(r.before, r.after) for r in found] == [(None, "art_1"), ("art_1", "art_2"), ("art_2", "art_3")]
    changed = [(before.cut(c.before) if c.before else "", after.cut(c.after) if c.after else "") for c in found[1].changes if c.kind != "kept"]
    assert changed == [("清水", "井水")]


def test_the_words_of_a_provision_are_a_slice(documents: dict[str, Document]) -> None:
    document = documents["hunan-measures-draft"]
    for p in units(document):
        words = document.cut(words_of(p, document))
        assert words == words.strip() and words in document.cut(p.full) and not words.startswith(p.label)


# -- the tables


@pytest.mark.parametrize("section", ["stock", "grade", "sanction"])
def test_rows_of_patterns(section: str) -> None:
    for row in rows("kinship", section):
        pattern = compiled(row["pattern"])
        full = pattern.fullmatch if section == "stock" else pattern.search
        assert [w for w in row["yes"] if not full(w)] == [] and [w for w in row["no"] if full(w)] == [], row["id"]
    assert len(stock_patterns()) == len(rows("kinship", "stock"))


def test_rows_of_limits() -> None:
    for row in rows("kinship", "limit"):
        assert all(any(w in example for w in row["words"]) for example in row["yes"])
        assert not any(any(w in example for w in row["words"]) for example in row["no"])
    for row in rows("kinship", "span"):
        assert row["yes"] == [row["id"]] and row["id"] not in row["no"]


@pytest.mark.parametrize(("ours", "theirs", "kind"), [
    ("二十四小时内", "立即", "weaker"), ("立即", "及时", "stricter"), ("及时", "及时", None), ("五个工作日内", "七日内", None),
    ("三日内", "五日内", "stricter"), ("一个月内", "十五日内", "weaker"), ("事发时", "立即", "differs"), ("6小时内", "六小时内", None),
])
def test_limits_are_compared(ours: str, theirs: str, kind: Any) -> None:
    assert later(ours, theirs) == kind


@pytest.mark.parametrize(("words", "found"), [
    ("一万元以上三万元以下罚款", (10000, 30000, "元")), ("五千元以下罚款", (0, 5000, "元")), ("违法所得一倍以上五倍以下罚款", (1, 5, "倍")),
    ("二百元罚款", (200, 200, "元")), ("罚款", None), ("10万元以上50万元以下的罚款", (100000, 500000, "元")),
])
def test_ranges_are_read(words: str, found: Any) -> None:
    assert range_of(words) == found


def test_likeness_is_symmetric_and_bounded() -> None:
    assert likeness("向公安机关报告", "向公安机关报告") == 1.0 and likeness("", "报告") == 0.0
    assert likeness("向公安机关报告", "开展培训") == likeness("开展培训", "向公安机关报告") == 0.0


# -- the command and the measure


def test_the_command_prints_the_keys_of_the_contract(index: Any, capsys: pytest.CaptureFixture[str]) -> None:
    ids = ("national-opinions-2021", "yuexiu-plan-draft")
    assert main(["kinship", *ids, "--json", "--index", str(index), "--corpus", str(CORPUS)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {tuple(row) for row in found} == {("higher", "lower", "relation", "shared", "common")}
    assert {row["relation"] for row in found} <= set(RELATIONS) and all(0 <= row["shared"] <= 1 for row in found)
    assert {row["lower"].partition("#")[0] for row in found if row["lower"]} == {ids[1]}
    assert main(["kinship", ids[0], "nothing", "--index", str(index), "--corpus", str(CORPUS)]) == 2
    assert "没有编号为" in capsys.readouterr().err


def test_the_measure_counts_pairs_and_relations() -> None:
    one, other = doc(HIGHER), doc(LOWER)
    name = "l1_1__l2_{}".format
    gold = {(name(1), name(1)): ADAPTED, (name(2), name(2)): ADAPTED, (name(3), name(2)): ADAPTED, (None, name(4)): NEW, (name(4), None): ALONE}
    found = measure(one, other, gold, ("tune", "test"))
    assert found.right == ((name(1), name(1)), (name(2), name(2))) and found.missed == ((name(3), name(2)),)
    assert found.wrong == ((name(2), name(3)), (name(3), name(3))) and found.relations == (False, True)
    assert (found.precision, round(found.recall, 3), round(found.f1, 3)) == (0.5, 0.667, 0.571)
    assert found.alone == {NEW: (1, 0, 0), ALONE: (1, 0, 0)}
