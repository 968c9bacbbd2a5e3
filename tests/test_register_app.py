"""义务清单 and 我的职责 without a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_app import markup
from tiaowen import wording as core
from tiaowen.ui import state, wording

ROOT = Path(__file__).parent.parent
REGISTER, MINE = "tiaowen/ui/views/register.py", "tiaowen/ui/views/mine.py"


@pytest.fixture(autouse=True)
def _serving(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    state._opened.clear()
    yield


def launch(view: str, /, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(view)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def rows(app: AppTest) -> int:
    return markup(app).count('<tr class="tw-r-')


def test_the_register_opens_a_page_at_a_time() -> None:
    app = launch(REGISTER)
    assert rows(app) == 20
    first = re.search(r"符合条件的义务(\d+)项（全库(\d+)项）", markup(app))
    assert first and first[1] == first[2]
    app.button(key="register-next").click().run()
    assert app.query_params["page"] == "2" and "第2页" in markup(app) and rows(app) == 20


def test_a_filter_of_the_address_is_shown_and_kept() -> None:
    app = launch(REGISTER, role="village", limit="prompt")
    page = markup(app)
    assert app.selectbox(key="register-role").value == "village"
    assert 0 < rows(app) < 20 and core.STATUS["draft_superseded"] in page
    assert re.search(r'<a href="reader\?doc=[\w-]+&amp;eid=art_\w+" title="《', page)
    app.selectbox(key="register-modality").set_value("应当").run()
    assert app.query_params["modality"] == "应当" and app.query_params["role"] == "village"
    app.button(key="register-clear").click().run()
    assert "role" not in app.query_params and rows(app) == 20


@pytest.mark.parametrize("query", [{"role": "<b>"}, {"limit": "火星"}, {"page": "99999999"}, {"page": "x"}, {"page": "-3"}])
def test_an_odd_address_does_no_harm(query: dict[str, str]) -> None:
    app = launch(REGISTER, **query)
    page = markup(app)
    assert rows(app) and "<b>" not in page
    assert ("page" in query) or "已略过" in page


def test_nothing_found_speaks_of_the_held_documents_only() -> None:
    assert wording.NOTHING in markup(launch(REGISTER, role="village", modality="不得", area="special"))


def test_mine_asks_for_a_role() -> None:
    page = markup(launch(MINE))
    assert 'href="?role=village"' in page and not page.count("tw-register")


def test_mine_groups_by_place_and_limit() -> None:
    app = launch(MINE, role="school-kinder", region="湖南省/长沙市")
    page = markup(app)
    assert [core.APPLICABILITY[name] in page for name in ("nationwide", "local", "elsewhere")] == [True] * 3
    there = page[page.index(core.APPLICABILITY["local"]) :]
    assert there.index("立即（") < there.index("及时（") < there.index("没写时限（")
    assert wording.MAYBE_INTRO in page and "第一百三十条第一项" in page and wording.GUIDED in page
    assert "若干规定》（2024-07-01起施行）" in page and core.POINTER_TITLE in page
    assert "罚则：第六十条" in page


def test_a_village_committee_is_not_a_unit_in_close_contact() -> None:
    page = markup(launch(MINE, role="village"))
    assert wording.MAYBE_INTRO not in page and wording.GUIDED in page and "第十一条第二款" in page
    assert core.APPLICABILITY["unknown"] in page


def test_choosing_a_role_puts_it_in_the_address() -> None:
    app = launch(MINE)
    app.selectbox(key="mine-role").set_value("police").run()
    assert app.query_params["role"] == "police" and "公安机关" in markup(app)
    assert wording.NO_ROLE in markup(launch(MINE, role="nobody"))


@pytest.mark.parametrize("page", [REGISTER, MINE])
def test_missing_index_says_how_to_build_it(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    assert "python ingest.py" in markup(launch(page))
