"""OFD files: characters at their places become lines and paragraphs."""

from html import escape

import pytest

from tests import making
from tiaowen.errors import ReadError
from tiaowen.read.ofd import read_ofd

SIZE, LEFT, PER_LINE, PITCH = 5.0, 28.0, 30, 10.0
PARAGRAPHS = ["一、总体要求", "坚持以人民为中心的发展思想，以维护未成年人合法权益为工作目标，进一步加强统筹谋划，夯实六大保护，不断推动工作迈进。" * 2,
              "（一）有效落实强制报告制度。指导密切接触未成年人的单位及其工作人员有效履行强制报告义务，提升识别、发现和报告意识与能力。"]


def laid_out(paragraphs: list[str], *, per_page: int = 22) -> list[list[tuple[float, float, str]]]:
    rows: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        rows.append((LEFT + 2 * SIZE, paragraph[: PER_LINE - 2]))
        rest = paragraph[PER_LINE - 2 :]
        rows += [(LEFT, rest[i : i + PER_LINE]) for i in range(0, len(rest), PER_LINE)]
    pages = [rows[i : i + per_page] for i in range(0, len(rows), per_page)]
    return [[*((x, 50 + i * PITCH, row) for i, (x, row) in enumerate(page)), (100, 285, f"— {n} —")] for n, page in enumerate(pages, 1)]


def test_lines_are_joined_and_page_numbers_go() -> None:
    found = read_ofd(making.ofd(laid_out(PARAGRAPHS)), name="a.ofd")
    assert found.text.splitlines() == PARAGRAPHS
    assert found.pages == (0,)


def test_pages_begin_where_they_are_printed() -> None:
    found = read_ofd(making.ofd(laid_out(PARAGRAPHS, per_page=3)), name="a.ofd")
    assert found.text.splitlines() == PARAGRAPHS
    assert len(found.pages) == 3
    assert found.text[found.pages[1] :].startswith(PARAGRAPHS[1][PER_LINE - 2 + PER_LINE :][:8])


def page(objects: str) -> bytes:
    return making.zipped({
        "OFD.xml": f"<ofd:OFD {making.OFD_SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document {making.OFD_SPACE}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/P.xml": f"<ofd:Page {making.OFD_SPACE}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"})


def text(boundary: str, code: str, *, more: str = "", words: str = "第一条") -> str:
    return f'<ofd:TextObject Boundary="{boundary}" Size="5" {more}><ofd:TextCode {code}>{escape(words)}</ofd:TextCode></ofd:TextObject>'


@pytest.mark.parametrize(("objects", "lines"), [
    (text("30 50 60 8", 'X="0" Y="5" DeltaX="5 5"') + text("45 50 60 8", 'X="0" Y="5" DeltaX="g 1 5"', words="甲乙"), ["第一条甲乙"]),
    (text("45 50 60 8", 'X="0" Y="5" DeltaX="g 1 5"', words="甲乙") + text("30 50 60 8", 'X="0" Y="5" DeltaX="g 2 5"'), ["第一条甲乙"]),
    (text("30 50 60 8", 'X="0" Y="5"', words="第一条") + text("30 90 60 8", 'X="0" Y="5"', words="第二条"), ["第一条", "第二条"]),
    (text("30 50 60 8", 'X="0" Y="1"', more='CTM="5 0 0 5 0 0"', words="第"), ["第"]),
    (text("30 50 60 8", 'X="0" Y="5" DeltaX="5 15"'), ["第一 条"]),
    (text("30 50", 'X="0" Y="5"') + text("30 50 60 8", 'X="0" Y="5" DeltaX="g 99999999 x 5"'), ["第一条"]),
])
def test_places_of_characters(objects: str, lines: list[str]) -> None:
    assert read_ofd(page(objects), name="a.ofd").text.splitlines() == lines


def test_pictures_alone_are_said() -> None:
    with pytest.raises(ReadError, match=r"^a\.ofd：ofd 里只有图片[^\n]*。$"):
        read_ofd(page('<ofd:ImageObject Boundary="0 0 210 297"/>'), name="a.ofd")
