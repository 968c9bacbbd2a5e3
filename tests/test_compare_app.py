"""文字同源, 并排对照 and 我的草案 without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.drafts import DRAFT
from tests.test_app import markup
from tiaowen import wording as core
from tiaowen.library import Library
from tiaowen.ui import state, wording
from tiaowen.ui.parts.choose import pair_of

ROOT = Path(__file__).parent.parent
KINSHIP, SIDES, MINE = (f"tiaowen/ui/views/{name}.py" for name in ("kinship", "sidebyside", "draft"))
NATION, LOCAL, HUNAN = "national-opinions-2021", "rangtang-opinions-2022", "hunan-measures-draft"


@pytest.fixture(autouse=True)
def _serving(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    state._opened.clear()
    yield


def launch(view: str, /, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page(view)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


# -- 文字同源


def test_kinship_of_the_address_with_basis_and_picture() -> None:
    page = markup(launch(KINSHIP, a=NATION, b=LOCAL))
    assert core.KINSHIP in page and re.search(r"照录\d+处，改写\d+处", page)
    assert "川未保组〔2021〕3号" in page and wording.KIN_NOT_HELD in page and wording.KIN_EXPLAIN in page
    assert page.count("tw-box tw-left") == 41 and page.count("tw-box tw-right") == 33
    assert page.count("tw-left tw-alone") == 2 and 'src="data:image/svg+xml,' in page


def test_kinship_as_table_marks_the_shared_words() -> None:
    page = markup(launch(KINSHIP, a=NATION, b=LOCAL, view="table"))
    row = next(r for r in page.split("<tr>") if "二（一）3（9）" in r)
    assert "<mark>" in row and core.KIN["adapted"] in row
    assert f"sides?a={NATION}%23l1_2__l2_3__l3_9&amp;b={LOCAL}%23l1_2__l2_1__l3_3__l4_9" in row
    assert core.NO_COUNTERPART in page


def test_kinship_as_list_and_the_choice_goes_into_the_address() -> None:
    app = launch(KINSHIP, a=NATION, b="yuexiu-plan-draft", view="list")
    page = markup(app)
    assert [name in page for name in wording.KIN_TITLES.values()] == [False, True, True, True]
    app.selectbox(key="kin-b").set_value(LOCAL).run()
    app.radio(key="kin-view").set_value("picture").run()
    assert app.query_params["b"] == LOCAL and app.query_params["view"] == "picture" and "tw-columns" in markup(app)


@pytest.mark.parametrize("query", [{"a": "<b>", "b": "x"}, {"a": LOCAL, "b": LOCAL}, {"view": "<i>"}])
def test_an_odd_address_of_kinship_does_no_harm(query: dict[str, str]) -> None:
    page = markup(launch(KINSHIP, **query))
    assert "<b>" not in page and "<i>" not in page and (wording.KIN_SAME in page or core.KINSHIP in page)


# -- 并排对照


def test_two_documents_item_by_item() -> None:
    app = launch(SIDES, a=NATION, b=LOCAL)
    page = markup(app)
    assert re.search(r"共41行：两边都有的33行，只在左边的0行，只在右边的8行", page)
    assert "<del>事件</del>" in page and "<ins>案件</ins>" in page and wording.SIDES_NONE in page
    assert page.count("<tr>") == 42
    app.checkbox(key="sides-only").set_value(True).run()
    assert markup(app).count("<tr>") <= 42


def test_two_provisions_of_the_address() -> None:
    app = launch(SIDES, a=f"{NATION}#l1_2__l2_3__l3_9", b=f"{LOCAL}#l1_2__l2_1__l3_3__l4_9")
    page = markup(app)
    assert page.count("<tr>") == 2 and "<del>事件</del>" in page and re.search(r"右边有\d+%的文字与左边相同", page)
    app.selectbox(key="sides-eid-b").set_value("").run()
    assert app.query_params["b"] == LOCAL and markup(app).count("<tr>") == 2, "the counterpart is found"


@pytest.mark.parametrize("query", [{"a": "nothing#art_1", "b": LOCAL}, {"a": f"{NATION}#art_9999", "b": LOCAL}, {"a": LOCAL, "b": LOCAL},
                                   {"a": "#", "b": "##"}, {"a": f"{HUNAN}#art_55__para_1", "b": f"{HUNAN}#art_22"}])
def test_an_odd_address_of_sides_does_no_harm(query: dict[str, str]) -> None:
    assert markup(launch(SIDES, **query))


# -- 我的草案


def draft(text: str, **query: str) -> AppTest:
    app = launch(MINE, **query)
    app.text_area(key="draft-text").set_value(text)
    next(b for b in app.button if b.label == wording.DRAFT_START).click().run()
    assert not app.exception
    return app


def test_a_draft_is_compared_article_by_article() -> None:
    page = markup(draft(DRAFT, parent=HUNAN))
    assert page.count("<section") >= 8 and "认出7条" in page and "某某市未成年人保护条例（草案）" in page
    assert "不一致2条" in page and "重复1条" in page and wording.DRAFT_KEPT in page
    assert "要求变弱：草案“可以”，上位文件“应当”" in page and "罚款幅度超出上位文件" in page
    assert "第七条第一款" not in page and "草案里没有这一条" in page and "本库未收录该文件，没有核对" in page
    assert core.STATUS["draft_superseded"] in page and wording.DRAFT_NOTHING_LIKE in page


def test_a_draft_without_a_parent_only_finds_what_it_resembles() -> None:
    app = draft(DRAFT)
    page = markup(app)
    assert wording.DRAFT_LIKE in page and "（建议）" not in page
    app.selectbox(key="draft-parent").set_value(NATION).run()
    assert app.query_params["parent"] == NATION and "（建议）" in markup(app)


@pytest.mark.parametrize(("text", "sentence"), [("", core.DRAFT_EMPTY), ("今天天气很好。", wording.DRAFT_NO_UNITS), ("条" * 300_001, core.DRAFT_LONG)])
def test_what_is_no_draft_gets_one_sentence(text: str, sentence: str) -> None:
    assert sentence in markup(draft(text))


def test_markup_in_a_draft_is_escaped() -> None:
    page = markup(draft("<b>甲</b>办法\n第一条 <img src=x onerror=alert(1)>学校应当<script>每年开展检查。\n第二条 学校应当报告。"))
    assert "<img src=x" not in page and "<script>" not in page and "&lt;img" in page


@pytest.mark.parametrize("page", [KINSHIP, SIDES, MINE])
def test_missing_index_says_how_to_build_it(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    assert "python ingest.py" in markup(launch(page))


# -- what stands there before anybody chose


def test_the_pair_that_stands_there_first_goes_from_the_wider_text_to_the_narrower(index: Path) -> None:
    library = Library(index=index, corpus=None)
    documents = {d.meta.id: d for d in library.documents}
    higher, lower = (documents[i].meta.region for i in pair_of(documents, "", ""))
    assert higher == "全国" and lower != "全国"
    assert pair_of(documents, LOCAL, LOCAL) == (LOCAL, LOCAL), "what the address says is not put right in silence"
    assert pair_of(documents, "", NATION)[0] != NATION and pair_of(documents, LOCAL, "")[1] != LOCAL
    assert pair_of({NATION: documents[NATION]}, "", "") == (NATION, NATION)


def test_my_draft_names_what_it_reads_and_asks_for_the_parent_before_the_button() -> None:
    app = launch(MINE)
    assert wording.DRAFT_HINT.format(most=10) in "".join(node.proto.body for node in app.get("html"))
    order = [node.type for node in app.main]
    assert order.index("selectbox") < order.index("text_area")
