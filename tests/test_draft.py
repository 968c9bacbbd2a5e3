"""A draft of one's own: what it resembles, what is proposed, which references lead nowhere; nothing is written."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drafts import DRAFT
from tests.support import doc, write_corpus
from tiaowen.build import ingest
from tiaowen.compare.conflicts import conflicts
from tiaowen.compare.draft import dead_references, read_draft
from tiaowen.compare.rows import side_by_side
from tiaowen.compare.sanctions import cases, compare, likeness
from tiaowen.duty.frames import frames
from tiaowen.errors import ReadError
from tiaowen.export.tables import changes_table
from tiaowen.library import Library, units
from tiaowen.model import Document

HUNAN, NATION = "hunan-measures-draft", "national-opinions-2021"


@pytest.fixture(scope="module")
def draft() -> Document:
    return read_draft(DRAFT)


def test_a_draft_states_its_own_title_and_stage(draft: Document) -> None:
    assert (draft.meta.title, draft.meta.stage, draft.meta.status) == ("某某市未成年人保护条例", "草案", "draft")
    assert [p.eid for p in units(draft)] == [f"art_{n}" for n in range(1, 8)]


def test_what_each_article_resembles(library: Library, draft: Document) -> None:
    found = library.comparing.alike(draft)
    assert list(found) == [p.eid for p in units(draft)]
    best = {eid: (rows[0].document, rows[0].eid) for eid, rows in found.items() if rows}
    assert best["art_2"] == (HUNAN, "art_3") and best["art_3"] == (HUNAN, "art_55") and best["art_6"] == (HUNAN, "art_62")
    assert best["art_5"] == (NATION, "l1_2__l2_3__l3_11") and found["art_5"][0].shared == 1.0
    assert found["art_4"] == ()
    only = library.comparing.alike(draft, [NATION])
    assert {a.document for rows in only.values() for a in rows} == {NATION}


def test_shared_words_are_slices_of_both(library: Library, draft: Document) -> None:
    for rows in library.comparing.alike(draft).values():
        for a in rows:
            held = library.document(a.document)
            assert a.shared or a.close >= 0.6
            assert all(held.cut(c.higher)[:1] == draft.cut(c.lower)[:1] for c in a.common)


def test_proposals(library: Library, draft: Document) -> None:
    found = {p.eid: p for p in library.comparing.proposals(draft, library.document(HUNAN))}
    assert list(found) == [p.eid for p in units(draft)]
    assert {eid: p.relation for eid, p in found.items() if eid in ("art_2", "art_3", "art_4", "art_6")} == {
        "art_2": "repeat", "art_3": "conflict", "art_4": "create", "art_6": "conflict"}
    said = {(f.aspect, f.kind, f.ours.text, f.theirs.text if f.theirs else None) for f in (*found["art_3"].findings, *found["art_6"].findings)}
    assert ("modality", "weaker", "可以", "应当") in said and ("time_limit", "weaker", "二十四小时内", "立即") in said
    assert ("amount", "beyond", "五千元以上五万元以下罚款", "一万元以上三万元以下罚款") in said
    assert ("amount", "same", "三万元以上三十万元以下罚款", "三万元以上三十万元以下罚款") in said
    assert ("sanction", "beyond", "吊销营业执照", None) in said
    assert {p.relation for p in library.comparing.proposals(draft, library.document(NATION)) if p.eid == "art_5"} == {"repeat"}


def test_findings_are_slices(library: Library, draft: Document) -> None:
    parent = library.document(HUNAN)
    for proposal in library.comparing.proposals(draft, parent):
        for f in proposal.findings:
            assert draft.clean.text[f.ours.start : f.ours.end] == f.ours.text
            assert f.theirs is None or parent.clean.text[f.theirs.start : f.theirs.end] == f.theirs.text


def test_a_text_against_itself_is_no_conflict(library: Library, documents: dict[str, Document]) -> None:
    found = library.comparing.proposals(documents[HUNAN], library.document(HUNAN))
    assert {p.relation for p in found} == {"repeat"}
    assert not [f for p in found for f in p.findings if f.against]


def test_stricter_is_no_conflict() -> None:
    parent = doc("甲办法\n第一条 学校可以在三日内向教育部门报告失窃事件。\n第二条 学校应当组织消防演练。")
    mine = doc("乙办法\n第一条 学校应当立即向教育部门报告失窃事件。\n第二条 学校不得组织消防演练。")
    found = conflicts(mine, parent, {"art_1": ("art_1",), "art_2": ("art_2",)})
    assert [(f.kind, f.against) for f in found["art_1"]] == [("stricter", False), ("stricter", False)]
    assert [(f.kind, f.against) for f in found["art_2"]] == [("contradicts", True)]


def test_a_report_that_reaches_fewer_and_later_falls_short() -> None:
    parent = doc("第一条 学校发现学生遭受侵害的，应当立即向教育、公安、民政等部门报告。")
    draft = read_draft("某市条例（草案）\n第一条 学校发现学生遭受或者疑似遭受侵害的，应当及时向教育部门报告。")
    found = conflicts(draft, parent, {"art_1": ["art_1"]})["art_1"]
    assert {(f.aspect, f.kind) for f in found if f.against} == {("time_limit", "weaker"), ("recipients", "weaker")}


def test_penalties_are_compared_by_act_kind_and_range() -> None:
    parent = doc("甲法\n第一条 商店不得向小学生出售烟花。\n第二条 违反本法第一条规定的，由公安机关责令改正，给予警告；情节严重的，处一千元以上五千元以下罚款。")
    mine = doc("乙办法\n第一条 商店向小学生出售烟花的，由公安机关责令改正，给予警告；情节严重的，处二千元以上四千元以下罚款，没收违法所得。\n第二条 商店应当明码标价。")
    ours, theirs = (cases(d, frames(d)) for d in (mine, parent))
    assert [(c.unit, c.graded, [k for k, _ in c.kinds]) for c in ours] == [
        ("art_1", False, ["correction", "warning"]), ("art_1", True, ["fine", "confiscation"])]
    assert likeness(ours[0], theirs[0], {}) >= 0.8, "the act is that of the article which the penalty cites"
    assert [(v.aspect, v.kind) for v in compare(ours[1], theirs[1])] == [("sanction", "beyond"), ("amount", "within")]
    found = conflicts(mine, parent, {"art_1": (), "art_2": ()})
    assert [(f.kind, f.parent) for f in found["art_1"]] == [("beyond", "art_2__para_1"), ("within", "art_2__para_1")]


def test_an_order_to_put_right_is_no_penalty() -> None:
    parent = doc("甲法\n第一条 商店不得出售烟花。\n第二条 向小学生出售烟花的，给予警告。")
    mine = doc("乙办法\n第一条 商店应当明码标价。\n第二条 向小学生出售烟花的，责令改正，给予警告。")
    assert conflicts(mine, parent, {}) == {}


def test_references_that_lead_nowhere(library: Library, draft: Document) -> None:
    found = library.comparing.dead(draft)
    assert [(d.kind, d.reference.article, d.document) for d in found] == [("own", "第三十条", None), ("not_held", "第五条", None)]
    held = doc("某某市学校安全条例\n第一条 校门应当上锁。\n第二条 钥匙由门卫保管。", title="某某市学校安全条例")
    assert [(d.kind, d.document) for d in dead_references(draft, [held])] == [("own", None), ("held", "t")]


@pytest.mark.parametrize("text", ["", " \n ", "条" * 300_001])
def test_no_draft_gets_one_sentence(library: Library, text: str) -> None:
    with pytest.raises(ReadError, match="草案"):
        library.comparing.read(text)


def test_nothing_is_written(library: Library, draft: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, opened = open, []

    def watched(path: object, mode: str = "r", *more: object, **named: object) -> object:
        opened.append(mode)
        return real(path, mode, *more, **named)  # type: ignore[call-overload]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.open", watched)
    comparing = library.comparing
    read = comparing.read(DRAFT)
    comparing.proposals(read, library.document(HUNAN))
    comparing.basis(read, [library.document(NATION)], today=date(2026, 11, 1))
    assert not list(tmp_path.iterdir()) and not [mode for mode in opened if set(mode) & set("wax+")]


MARKERS = ["第一条 ", "第二条 ", "第九十九条　", "第一章 总则\n", "一、", "（一）", "1.", "（1）", "附件1\n", "", "责任单位："]
WORDS = ["学校应当", "处一万元以上三万元以下罚款", "违反本条例第八条规定的，", "情节严重的，", "《某法》第三条", "。", "；", "\n", "=1+1", "<b>", "　", "前款规定"]


@given(st.lists(st.tuples(st.sampled_from(MARKERS), st.lists(st.sampled_from(WORDS), max_size=5)), max_size=7))
def test_any_draft_is_read(lines: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(marker + "".join(words) for marker, words in lines)
    mine, parent = read_draft(text), read_draft(DRAFT)
    dead_references(mine, [parent])
    conflicts(mine, parent, {p.eid: [q.eid for q in units(parent)] for p in units(mine)})
    rows = side_by_side(parent, mine)
    assert [r.after for r in rows if r.after] == [p.eid for p in units(mine)]
    table = changes_table(parent, mine, today=date(2026, 11, 1))
    assert len(table.rows) == len(rows)


def test_stages_of_one_work_are_offered(tmp_path: Path) -> None:
    text = "甲市爱护山羊办法\n第一条 每天清晨为棚舍里的山羊添加{}。\n第二条 本办法自公布之日起施行。\n"
    meta = 'title = "甲市爱护山羊办法"\nwork = "goats"\nstage = "{}"\nstatus = "draft"'
    corpus = write_corpus(tmp_path / "corpus", {
        "goats-1": (meta.format("一次稿"), text.format("苜蓿")), "goats-2": (meta.format("二次稿"), text.format("干草")),
        "horses": ('title = "养马办法"\nstatus = "issued"', text.format("燕麦"))})
    ingest(corpus, tmp_path / "index")
    comparing = Library(index=tmp_path / "index", corpus=corpus).comparing
    (before, after), = comparing.stages()
    assert (before.meta.id, after.meta.id) == ("goats-1", "goats-2")
    changed = [(before.cut(c.before), after.cut(c.after)) for r in comparing.rows(before, after) for c in r.changes
               if c.kind != "kept" and c.before and c.after]
    assert changed == [("苜蓿", "干草")]
