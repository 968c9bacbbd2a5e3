"""The shipped documents saved in other formats and read again: the same tree, and the same text but for white space."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from html import escape
from pathlib import Path

import pytest

from tests import making
from tests.conftest import FIVE
from tiaowen.model import Document, SourceDocument
from tiaowen.parse.document import coverage, parse
from tiaowen.read import isolated, ocr
from tiaowen.read.pdf import read_pdf

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shape(document: Document) -> list[tuple[str, str, str | None]]:
    """Eid, label and heading of every provision; white space apart."""
    return [(p.eid, squeezed(p.label), squeezed(document.cut(p.heading)) if p.heading else None) for p in document.provisions]


def paragraphs(document: Document) -> list[str]:
    """The lines as a person would paste them into Word: without residue, without blank lines."""
    return [line.strip() for line in document.clean.text.splitlines() if line.strip()]


def titles(document: Document) -> list[str]:
    return [document.clean.text[b.start : b.end].strip() for b in document.blocks if b.role in ("title", "mark")]


MAKERS: dict[str, Callable[[Document], bytes]] = {
    "docx": lambda d: making.docx(paragraphs(d)),
    "html": lambda d: making.page_of_site(paragraphs(d)),
    "txt": lambda d: d.clean.text.encode("gb18030"),
    "pdf": lambda d: making.pdf(paragraphs(d), centred=titles(d), header="某市人民政府公报"),
}
QUICK_PDF = ("yuexiu-plan-draft", "hunan-measures-draft")  # no 清朗·…: the font of these PDFs has no middle dot
CASES = [(i, ending) for i in FIVE for ending in MAKERS if ending != "pdf" or i in QUICK_PDF]


def again(data: bytes, ending: str, document: Document, folder: Path) -> Document:
    """The document read and parsed from another file."""
    path = folder / f"a.{ending}"
    path.write_bytes(data)
    reading = isolated.read(path)
    source = SourceDocument(replace(document.meta, file=path.name), reading.text, reading.issues, reading.pages)
    read = parse(source)
    assert coverage(source, read) == 1.0
    return read


def assert_same(read: Document, document: Document) -> None:
    assert squeezed(read.clean.text) == squeezed(document.clean.text), document.meta.id
    assert shape(read) == shape(document), document.meta.id


@pytest.mark.parametrize(("identity", "ending"), CASES)
def test_the_same_tree_and_text(identity: str, ending: str, documents: dict[str, Document], tmp_path: Path) -> None:
    assert_same(again(MAKERS[ending](documents[identity]), ending, documents[identity], tmp_path), documents[identity])


@pytest.mark.parametrize("identity", FIVE)
def test_the_file_as_received_pasted_into_word(identity: str, sources: dict[str, SourceDocument], documents: dict[str, Document], tmp_path: Path) -> None:
    """With its residue, and with the blank lines that cut sentences in two."""
    assert_same(again(making.docx(sources[identity].raw.splitlines()), "docx", documents[identity], tmp_path), documents[identity])


PAPER = ("@page { size: A4; margin: 37mm 26mm 35mm 28mm } body { font: 16pt/28pt 'Noto Serif CJK SC', 'Noto Sans CJK SC' } "
         "p { margin: 0; text-indent: 2em; text-align: justify } p.t { text-align: center; text-indent: 0; font-size: 22pt; line-height: 34pt }")


def printed(documents: dict[str, Document]) -> dict[str, bytes]:
    """The documents as a browser prints them: a font of this machine inside, justified lines, head and page numbers."""
    if not Path(CHROMIUM).exists():
        pytest.skip("没有 chromium（apt install chromium fonts-noto-cjk）")
    sync_api = pytest.importorskip("playwright.sync_api", reason="没有 playwright（pip install -r requirements-dev.txt）")
    out = {}
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for identity, document in documents.items():
            heads = titles(document)
            body = "".join(f"<p{' class=t' if p in heads else ''}>{escape(p)}</p>" for p in paragraphs(document))
            page.set_content(f"<meta charset=utf-8><style>{PAPER}</style>{body}")
            out[identity] = page.pdf(prefer_css_page_size=True, display_header_footer=True, header_template="<p style='font-size:9px'>某市公报</p>",
                                     footer_template="<p style='font-size:10px;width:100%;text-align:center'>— <span class=pageNumber></span> —</p>")
        browser.close()
    return out


@pytest.mark.nightly
def test_printed_by_a_browser(documents: dict[str, Document], tmp_path: Path) -> None:
    for identity, data in printed(documents).items():
        read = again(data, "pdf", documents[identity], tmp_path)
        assert_same(read, documents[identity])
        assert len(read.pages) > 5
        assert [read.page(p.full.start) for p in read.provisions] == sorted(read.page(p.full.start) or 0 for p in read.provisions)


ARTICLE = re.compile(r"^[ \t　]*(第[一二三四五六七八九十百]+[条章])(?=[\s【]|$)", re.MULTILINE)


@pytest.mark.nightly
@pytest.mark.skipif(not ocr.is_installed(), reason="没有文字识别（pip install -r requirements-ocr.txt）")
def test_a_scan_of_two_pages(documents: dict[str, Document], tmp_path: Path) -> None:
    """200 dpi, grey: the same article numbers, and at least 99 in 100 characters."""
    import pypdfium2

    data = printed({"hunan-measures-draft": documents["hunan-measures-draft"]})["hunan-measures-draft"]
    pages = [pypdfium2.PdfDocument(data)[n].render(scale=200 / 72).to_pil().convert("L") for n in (3, 4)]
    pages[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pages[1:], resolution=200)
    full = read_pdf(data, name="a.pdf")
    meant, found = full.text[full.pages[3] : full.pages[5]], isolated.read(tmp_path / "scan.pdf")
    assert ARTICLE.findall(found.text) == ARTICLE.findall(meant) != []
    assert [issue.code for issue in found.issues] == ["recognised"]
    assert len(found.pages) == 2
    right = sum(size for _, _, size in SequenceMatcher(None, squeezed(meant), squeezed(found.text), autojunk=False).get_matching_blocks())
    assert right >= 0.99 * len(squeezed(meant))
