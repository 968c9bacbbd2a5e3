"""条文比对 and 差异与空白 without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_app import markup
from tests.test_register_app import launch
from tiaowen import wording as core
from tiaowen.ui import state, wording

ROOT = Path(__file__).parent.parent
COMPARE, GAPS = "tiaowen/ui/views/compare.py", "tiaowen/ui/views/gaps.py"


@pytest.fixture(autouse=True)
def _serving(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    state._opened.clear()
    yield


def test_without_a_topic_the_list_of_topics_is_shown() -> None:
    page = markup(launch(COMPARE))
    assert wording.TOPIC_LIST in page and "compare?topic=" in page and "tw-cells" not in page


def test_a_topic_of_the_address_is_compared() -> None:
    app = launch(COMPARE, topic="手机管理")
    page = markup(app)
    assert app.text_input(key="compare_topic").value == "手机管理"
    assert page.count("tw-cell-row") == 5 and core.SILENT in page and wording.NEAREST_HERE in page
    assert core.POINTER_TITLE in page and core.STATUS["draft_superseded"] in page


def test_a_topic_that_is_typed_goes_into_the_address() -> None:
    app = launch(COMPARE)
    app.text_input(key="compare_topic").set_value("强制报告")
    app.button[0].click().run()
    assert app.query_params["topic"] == "强制报告"
    page = markup(app)
    assert wording.DIFFERENCE_INTRO in page and "<mark>" in page


def test_words_that_no_row_knows_are_said_to_be_taken_as_they_are() -> None:
    assert "不在常用主题表里" in markup(launch(COMPARE, topic="明厨亮灶"))


def test_where_no_two_documents_speak_there_is_nothing_to_compare() -> None:
    none = wording.DIFFERENCES.format(count=0)
    assert none not in markup(launch(COMPARE, topic="打耳洞")), "no document speaks of it"
    assert none not in markup(launch(COMPARE, topic="强制报告", docs="jincheng-plan-2021")), "one document"


def test_documents_of_the_address_are_compared_alone() -> None:
    page = markup(launch(COMPARE, topic="强制报告", docs="national-opinions-2021,no-such"))
    assert page.count("tw-cell-row") == 1 and "no-such" in page


def test_what_a_visitor_types_is_shown_as_it_is() -> None:
    page = markup(launch(COMPARE, topic="<b>强制报告</b>"))
    assert "<b>强制报告</b>" not in page


def test_differences_and_gaps() -> None:
    app = launch(GAPS)
    page = markup(app)
    assert core.DIFFERENCE["contradicts"] in page and wording.GAP_NONE in page and "tw-gaps" in page
    app.selectbox(key="gaps-kind").set_value("contradicts").run()
    assert app.query_params["kind"] == "contradicts"
    assert core.DIFFERENCE["weaker"] not in markup(app).split("tw-gaps")[0].replace("option", "")


def test_filters_of_the_address() -> None:
    page = markup(launch(GAPS, kind="differs", aspect="figures"))
    assert "两免" in page and "妇联组织" not in page
    assert wording.NO_DIFFERENCE in markup(launch(GAPS, kind="contradicts", aspect="hedge"))
    all_rows, some = markup(launch(GAPS)).count('scope="row"'), markup(launch(GAPS, gaps="1")).count('scope="row"')
    assert 0 < some < all_rows


def test_without_an_index_the_pages_say_how_to_build_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    for view in (COMPARE, GAPS):
        assert wording.FAILED in markup(launch(view))
