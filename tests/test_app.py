"""The app without a browser: every page launches and shows what a person needs."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tiaowen import build
from tiaowen import wording as core
from tiaowen.index import store
from tiaowen.library import Library
from tiaowen.ui import contacts, state, wording
from tiaowen.ui.html import h, join, plain_label
from tiaowen.ui.parts.reader import document_text, landing
from tiaowen.ui.parts.words import words

ROOT = Path(__file__).parent.parent
READER = "tiaowen/ui/views/reader.py"
QUESTION = "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？"


@pytest.fixture(autouse=True)
def _serving(index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    monkeypatch.setenv("TIAOWEN_CONTACTS", str(tmp_path / "contacts.toml"))
    state._opened.clear()
    yield


def launch(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def ask(question: str, **query: str) -> AppTest:
    app = launch(**query)
    app.text_input(key="box").set_value(question)
    app.button[0].click().run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    return "\n".join(node.proto.body for node in app.get("html") if not node.proto.body.startswith(("<style", "<script")))


def links(app: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.label, link.proto.query_string) for link in app.get("page_link")]


# -- 问答


def test_home_offers_examples_and_places() -> None:
    app = launch()
    assert [b.label for b in app.button] == [wording.SUBMIT, *wording.EXAMPLES]
    assert app.selectbox(key="place").options[0] == wording.PLACE_NONE
    assert "湖南省 长沙市" in app.selectbox(key="place").options


@pytest.mark.parametrize("example", wording.EXAMPLES)
def test_every_example_is_answered(example: str) -> None:
    app = launch()
    next(b for b in app.button if b.label == example).click().run()
    assert not app.exception
    assert "tw-answered" in markup(app)


def test_answer_has_citation_status_safety_and_the_higher_law() -> None:
    app = ask(QUESTION)
    page = markup(app)
    assert any("第五十五条" in label and "eid=art_55" in query for label, query in links(app))
    assert core.STATUS["draft_superseded"] in page
    assert "若干规定》（2024-07-01起施行）" in page
    assert "应当立即向教育、公安、民政等部门报告" in re.sub("</?mark>", "", page)
    assert core.POINTER_TITLE in page and "第十一条第二款" in page
    assert page.index(wording.SAFETY_TITLE) < page.index("tw-message")
    assert '<a href="tel:110">110</a>' in page


def test_quote_is_marked_within_its_provision() -> None:
    page = markup(ask(QUESTION))
    assert re.search(r"第五十五条\s+【性侵害行为的发现】\s*<mark>密切接触未成年人的单位及其工作人员", page)


def test_question_in_the_address_is_asked() -> None:
    app = launch(q=QUESTION)
    assert "tw-answered" in markup(app)
    assert app.text_input(key="box").value == QUESTION


def test_refusal_says_why_and_shows_the_nearest() -> None:
    app = ask("湖南办法第九十条")
    assert wording.REASON["no_such_provision"] in markup(app)
    assert "第六十四条" in markup(app)
    assert wording.NEAREST in markup(app) and len(links(app)) > 3


@pytest.mark.parametrize(("question", "sentence"), [("", core.EMPTY), ("  ", core.EMPTY), ("孩" * 10_000, core.TOO_LONG)])
def test_no_question_gets_one_sentence(question: str, sentence: str) -> None:
    page = markup(ask(question))
    assert sentence in page and "孩" * 1000 not in page


def test_markup_in_the_question_is_escaped() -> None:
    page = markup(ask("<img src=x onerror=alert(1)>《<b>某某</b>条例》第三条，娃被打怎么办"))
    assert "<img" not in page and "<b>" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_place_is_kept_and_groups_answers() -> None:
    app = ask("发现孩子被打向谁报告", region="湖南省/长沙市")
    assert app.selectbox(key="place").value == "湖南省/长沙市"
    groups = re.findall(r'<h3 class="tw-group tw-(\w+)">', markup(app))
    assert groups and "unknown" not in groups and len(groups) == len(set(groups))
    assert "elsewhere" not in groups or groups == ["elsewhere"]
    folded = [e.label for e in app.expander if e.label.startswith(core.APPLICABILITY["elsewhere"])]
    assert len(folded) + len(groups) > 1
    app.switch_page(READER).run()
    assert app.session_state.region == "湖南省/长沙市"


def test_choosing_a_place_puts_it_in_the_address() -> None:
    app = launch()
    app.selectbox(key="place").set_value("山西省/晋城市").run()
    assert "山西省/晋城市" in app.query_params["region"]
    assert "max-age=31536000" in state.region_cookie("山西省/晋城市")


@pytest.mark.parametrize(("path", "known"), [
    ("湖南省/长沙市", "湖南省/长沙市"), ("湖南省/长沙市/没有的县", "湖南省/长沙市"), ("火星", None), ('";alert(1)//', None), ("", None)])
def test_a_place_in_the_address_is_checked(path: str, known: str | None) -> None:
    assert state.known_place(path) == known


# -- contacts


def test_contacts_need_a_date_and_serve_their_region(tmp_path: Path) -> None:
    file = tmp_path / "contacts.toml"
    file.write_text(
        '[[contact]]\nname = "甲"\nphone = "0000-1"\nregion = "湖南省"\nchecked_on = 2026-01-31\n'
        '[[contact]]\nname = "乙"\nphone = "0000-2"\n'
        '[[contact]]\nname = "丙"\nphone = "0000-3"\nregion = "山西省"\nchecked_on = 2026-01-31\n', encoding="utf-8")
    page = markup(ask(QUESTION, region="湖南省/长沙市"))
    assert "甲：" in page and "（2026-01-31核实）" in page and 'href="tel:00001"' in page
    assert "0000-2" not in page and "0000-3" not in page


def test_broken_contacts_are_named(tmp_path: Path) -> None:
    (tmp_path / "contacts.toml").write_text("[[contact]\n", encoding="utf-8")
    page = markup(ask(QUESTION))
    assert wording.CONTACTS_BROKEN in page and wording.SAFETY_TITLE in page


def test_shipped_contacts_are_empty() -> None:
    assert contacts.contacts(None, path=ROOT / "contacts.toml") == ()


# -- index


@pytest.mark.parametrize("page", [None, READER])
def test_missing_index_says_how_to_build_it(page: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    app = launch()
    if page:
        app.switch_page(page).run()
    assert not app.exception
    assert "python ingest.py" in markup(app)


def test_damaged_index_says_how_to_build_it(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(index, tmp_path / "index")
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "index"))
    for file in (tmp_path / "index").glob("gen-*/documents.jsonl"):
        file.write_bytes(b"x")
    assert "python ingest.py" in markup(launch())


def test_new_generation_is_picked_up(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(index, tmp_path / "index")
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "index"))
    first = state.library().generation.name
    assert state.library().generation.name == first
    build.ingest(ROOT / "corpus", tmp_path / "index", force=True)
    assert state.library().generation.name == store.current(tmp_path / "index") != first


# -- 条文阅读


def read(doc: str, eid: str | None = None) -> AppTest:
    app = launch().switch_page(READER)
    app.query_params["doc"] = doc
    if eid:
        app.query_params["eid"] = eid
    app.run()
    assert not app.exception
    return app


def test_deep_link_marks_the_provision() -> None:
    page = markup(read("jincheng-plan-2021", "l1_2__l2_4__l3_9"))
    assert '<section id="l1_2__l2_4__l3_9" class="tw-p tw-l3 tw-target"' in page
    assert page.count("tw-target") == 1
    assert core.STATUS["issued"] in page


def test_deep_link_at_the_root_leads_to_the_reader() -> None:
    page = markup(launch(doc="hunan-measures-draft", eid="art_55__para_1__item_3"))
    assert '<section id="art_55__para_1__item_3" class="tw-p tw-item tw-target"' in page


def test_unknown_places_get_a_sentence() -> None:
    assert wording.NO_PROVISION.format(eid="&lt;b&gt;") in markup(read("jincheng-plan-2021", "<b>"))
    assert wording.NO_DOCUMENT.format(document="&lt;b&gt;") in markup(read("<b>"))


def test_metadata_absent_is_unstated_and_slips_are_marked() -> None:
    page = markup(read("yuexiu-plan-draft"))
    assert f"<dt>{wording.FACT['issuer']}</dt><dd>{core.UNSTATED}</dd>" in page
    assert f'未成年入<span class="tw-sic">{wording.SIC}</span>' in page


class _Text(HTMLParser):
    """The words of a document as shown, without what the app adds to them."""

    ADDED = ("tw-cite", "tw-strip", "tw-issue", "tw-sic", "tw-landed")

    def __init__(self) -> None:
        super().__init__()
        self.skipping, self.words, self.ids = 0, "", []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        if self.skipping or any(name in (values.get("class") or "") for name in self.ADDED):
            self.skipping += 1

    def handle_endtag(self, tag: str) -> None:
        self.skipping = max(0, self.skipping - 1)

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words += data


def test_reader_shows_every_character_once_and_every_anchor(index: Path) -> None:
    for document in Library(index=index, corpus=None).documents:
        shown = _Text()
        shown.feed(document_text(document, document.provisions[-1].eid))
        spans = [p.own for p in document.provisions] + [p.unit_line for p in document.provisions if p.unit_line]
        source = "".join(document.cut(s) for s in sorted(spans, key=lambda s: s.start))
        assert re.sub(r"\s", "", shown.words) == re.sub(r"\s", "", source), document.meta.id
        assert shown.ids == [p.eid for p in document.provisions], document.meta.id


def test_only_paragraph_lands_on_its_article(index: Path) -> None:
    document = Library(index=index, corpus=None).document("hunan-measures-draft")
    assert landing(document, "art_55__para_1") == "art_55"
    assert landing(document, "art_56__para_3") == "art_56__para_3"


# -- markup


def test_text_is_escaped_and_markup_is_not() -> None:
    assert h("p", "<b>", h("i", "&"), title='"') == '<p title="&quot;">&lt;b&gt;<i>&amp;</i></p>'
    assert join("<", None, h("b", "x")) == "&lt;<b>x</b>"
    assert plain_label("a*[1]_") == "a\\*\\[1\\]\\_"


@pytest.mark.parametrize(("marks", "shown"), [
    ((), "甲&lt;乙丙"), (((1, 3),), "甲<mark>&lt;乙</mark>丙"), (((0, 2), (1, 9)), "<mark>甲</mark><mark>&lt;</mark><mark>乙丙</mark>")])
def test_marks_keep_the_words(marks: tuple[tuple[int, int], ...], shown: str) -> None:
    assert words("甲<乙丙", 0, 4, marks) == shown
