"""试读 and 文档 without a browser, and the links between the texts of one work."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support import write_corpus
from tests.test_adding import DRAFT, FINAL
from tests.test_app import markup
from tiaowen import build
from tiaowen import wording as core
from tiaowen.ui import state, wording
from tiaowen.ui import wording_operator as words

ROOT = Path(__file__).parent.parent
TRIAL, DOCUMENTS, READER = (f"tiaowen/ui/views/{name}.py" for name in ("trial", "documents", "reader"))


class Uploaded(io.BytesIO):
    """A file as the upload widget hands it over."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


@pytest.fixture(autouse=True)
def _serving(index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    state._opened.clear()
    yield


def launch(view: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(view)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def tried(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("streamlit.file_uploader", lambda *_, **__: Uploaded(name, data))
    return markup(launch(TRIAL))


# -- trial reading


def test_trial_asks_for_a_file_and_says_the_limit() -> None:
    page = markup(launch(TRIAL))
    assert "50 MB" in page and words.TRIAL_HOW in page and "tw-trial" not in page


def test_trial_shows_what_was_read_and_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, index: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(p.name for p in index.iterdir())
    page = tried("../../某.txt", FINAL.encode(), monkeypatch)
    for shown in ("《湖南省儿童安全条例》", "地方性法规", "2024-07-01", "第2行：“2024年5月30日湖南省第十四届人民代表大会常务委员会第十次会议通过”", "第二条",
                  "立即", core.UNSTATED, words.TRIAL_NO_PROOF, "100% 有着落", "义务 2 项"):
        assert shown in page, shown
    assert "reader?doc=" not in page, "the text is not held: nothing may link to it"
    assert list(tmp_path.iterdir()) == [] and sorted(p.name for p in index.iterdir()) == before


def test_trial_keeps_nothing_in_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.file_uploader", lambda *_, **__: Uploaded("a.txt", FINAL.encode()))
    app = launch(TRIAL)
    kept = app.session_state._state.filtered_state  # type: ignore[attr-defined]
    assert "儿童安全" not in str(kept), kept


@pytest.mark.parametrize(("name", "data"), [("a.txt", b""), ("a.bin", b"\x00\x01"), ("", b"x" * 10), ("a.pdf", b"no pdf"), ("<b>.exe", b"MZ")])
def test_trial_of_a_bad_file_is_one_sentence(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tried(name, data, monkeypatch)
    assert words.TRIAL_BAD in page and page.count("tw-failure") == 1 and "<b>" not in page and "Traceback" not in page


def test_trial_shows_markup_of_a_file_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    page = tried("a.txt", ("某省<script>alert(1)</script>条例\n第一条 学校应当<b>做好</b>工作。\n第二条 甲。\n").encode(), monkeypatch)
    assert "<script>alert" not in page and "<b>做好" not in page and "&lt;b&gt;做好" in page


def test_trial_needs_no_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    assert "《湖南省儿童安全条例》" in tried("a.txt", FINAL.encode(), monkeypatch)


# -- the doctor


def test_the_doctor_names_every_document_and_its_state() -> None:
    page = markup(launch(DOCUMENTS))
    assert page.count("<details class=\"tw-fold tw-doctor\"") == 5
    for shown in ("共 5 份文件；本页 0 处错误、0 处警告", "没有核验过", "2026-11-22 核验", "100%", "日期未填写：2023年  月  日", "目标年份已过：2025年", "未成年入（原文如此",
                  *(label for label, _ in words.CHECKS), core.STATUS["draft_superseded"]):
        assert shown in page, shown
    assert 'href="reader?doc=rangtang-opinions-2022&amp;eid=' in page and 'href="reader?doc=hunan-measures-draft"' in page


@pytest.mark.parametrize("query", [{"page": "99"}, {"page": "<b>"}, {"page": "-1"}])
def test_an_odd_address_does_no_harm(query: dict[str, str]) -> None:
    page = markup(launch(DOCUMENTS, **query))
    assert page.count("tw-doctor\"") == 5 and "<b>" not in page


def test_documents_without_an_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "none"))
    assert "python ingest.py" in markup(launch(DOCUMENTS))


def test_many_documents_come_a_page_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"d{n:02}": (f'title = "某市第{n}号方案"', f"某市第{n}号方案\n一、目标\n做好工作。\n三、任务\n做好工作。\n") for n in range(23)}
    build.ingest(write_corpus(tmp_path / "corpus", texts), tmp_path / "index")
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("TIAOWEN_CORPUS", str(tmp_path / "corpus"))
    app = launch(DOCUMENTS)
    assert markup(app).count("tw-doctor\"") == 20 and "20 处警告" in markup(app)
    app.button(key="documents-next").click().run()
    assert markup(app).count("tw-doctor\"") == 3 and app.query_params["page"] in ("2", ["2"])


# -- the texts of one work


def test_the_reader_links_the_other_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    region = 'region = "湖南省"\nwork = "w"'
    build.ingest(write_corpus(tmp_path / "corpus", {
        "draft": (f'title = "湖南省儿童安全条例"\nstage = "征求意见稿"\nstatus = "draft_superseded"\n{region}\n[successor]\ntitle = "湖南省儿童安全条例"\nin_force = 2024-07-01', DRAFT),
        "final": (f'title = "湖南省儿童安全条例"\nstatus = "issued"\n{region}\n[dates]\nadopted = 2024-05-30\nin_force = 2024-07-01', FINAL)}), tmp_path / "index")
    monkeypatch.setenv("TIAOWEN_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("TIAOWEN_CORPUS", str(tmp_path / "corpus"))
    page = markup(launch(READER, doc="draft", eid="art_2"))
    assert wording.OTHER_TEXTS in page and '<a href="reader?doc=final">《湖南省儿童安全条例》（2024-05-30）</a>' in page
    assert page.count("本库已收录") >= 2, "in the head and above the provision a link led to"
    page = markup(launch(READER, doc="final"))
    assert '<a href="reader?doc=draft">《湖南省儿童安全条例（征求意见稿）》</a>' in page and "本库已收录" not in page
    assert "tw-others" not in markup(launch(READER, doc="none")) or "doc=final" in page
    doctor = markup(launch(DOCUMENTS))
    assert words.OTHERS in doctor


# -- cited and not held


def test_documents_lists_what_is_cited_and_not_held_with_its_places() -> None:
    page = markup(launch(DOCUMENTS))
    head, _, after = page.partition(wording.NOT_HELD)
    assert head and wording.NOT_HELD_COLUMNS[1] in after
    missing = after.partition("</section>")[0]
    assert "《中华人民共和国未成年人保护法》" in missing and "reader?doc=" in missing


def test_documents_says_nothing_of_missing_texts_where_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write_corpus(corpus, {"one": ('title = "孙县未成年人保护办法"', "第一条 学校应当保护未成年人。\n第二条 家庭应当保护未成年人。\n")})
    build.ingest(corpus, index)
    monkeypatch.setenv("TIAOWEN_INDEX", str(index))
    state._opened.clear()
    assert wording.NOT_HELD not in markup(launch(DOCUMENTS))


def test_every_page_names_the_menu_and_a_lost_address_in_chinese() -> None:
    page = "".join(node.proto.body for node in launch(DOCUMENTS).get("html"))
    assert f'"{wording.MENU}"' in page and f'"{wording.NO_PAGE}"' in page


def test_the_reader_has_one_heading_of_the_first_level() -> None:
    page = markup(launch(READER))
    assert page.count("<h1") == 1
