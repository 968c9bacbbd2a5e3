"""What a file is, by its bytes: names that lie, and texts that only look like something else."""

import io

import pytest

from tests import making
from tiaowen.read.reader import _checked
from tiaowen.read.reading import Reading
from tiaowen.read.sniff import DOCX, HTML, IMAGE, OFD, OFFICE, PDF, TEXT, kind_of

WORDS = ["第一条　学校应当立即报告。"]


def picture(form: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.doc", making.docx(WORDS), DOCX), ("a.pdf", making.docx(WORDS), DOCX), ("a.zip", making.docx(WORDS), DOCX), ("a", making.docx(WORDS), DOCX),
    ("a.docx", making.ofd([[(9, 9, "甲")]]), OFD), ("a.txt", b"%PDF-1.4\n", PDF), ("a.pdf", b"junk before\n%PDF-1.4\n", PDF),
    ("a.pdf", b"\xef\xbb\xbf\r\n%PDF-1.4\n", PDF), ("a.doc", b"{\\rtf1 a}", OFFICE), ("a.odt", making.zipped({"mimetype": "a", "content.xml": "b"}), OFFICE),
    *((f"a.{form}", picture(form), IMAGE) for form in ("png", "jpeg", "tiff", "bmp", "gif", "webp")), ("a.docx", picture("png"), IMAGE),
    ("a.txt", "第一条 %PDF-1.4".encode(), TEXT), ("a.txt", "BM 计划".encode(), TEXT), ("a.md", b"<p>a</p>", TEXT), ("a.md", b"<!-- x -->\n# a", TEXT),
    ("a.txt", "<第一条> 甲".encode(), TEXT), ("a.txt", "第一条".encode("utf-16"), TEXT), ("a.TXT", b"MZ a", TEXT),
    ("a.txt", b"<!DOCTYPE html><p>a", HTML), ("a.doc", b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- x --><html>", HTML), ("a.txt", b"<div class=x>a</div>", HTML),
    ("a.txt", "<html>第</html>".encode("utf-16"), HTML), ("a.htm", b"a <b>c</b>", HTML),
])
def test_kinds(name: str, data: bytes, kind: str) -> None:
    assert kind_of(data, name=name) == kind


def test_half_surrogates_do_not_reach_the_index() -> None:
    """A pdf may report half of a pair; such a text has no UTF-8."""
    found = _checked(Reading("第\ud800一\udc00条😀"), "a.pdf")
    assert found.text == "第\ufffd一\ufffd条😀"
