"""PDF files with a text layer, drawn here with an East Asian font of every viewer."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tiaowen.errors import ReadError
from tiaowen.library import provision_json
from tiaowen.model import Meta, SourceDocument
from tiaowen.parse.document import parse
from tiaowen.parse.source import load
from tiaowen.read import ocr
from tiaowen.read.layout import plain
from tiaowen.read.pdf import read_pdf
from tiaowen.ui.parts.reader import document_text

pytest.importorskip("reportlab")

def pdf_text(path: Path) -> str:
    return read_pdf(path.read_bytes(), name=path.name).text


WIDTH, HEIGHT, SIZE, LEFT, PITCH, PER_LINE = 595, 842, 16, 80, 28, 27


def draw(path: Path, pages: Sequence[Sequence[tuple[float, str]]], *, header: str | None = None, number: str | None = "- {} -",
         password: str | None = None, picture: bool = False) -> Path:
    """Draw pages of (indent in characters, line); a line of None text leaves a gap."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True,
                         encrypt=StandardEncryption(password) if password else None)
    for n, lines in enumerate(pages, 1):
        page.setFont("STSong-Light", 9)
        if header:
            page.drawString(LEFT, HEIGHT - 40, header)
        if number:
            page.drawCentredString(WIDTH / 2, 40, number.format(n))
        page.setFont("STSong-Light", SIZE)
        for row, (indent, line) in enumerate(lines):
            page.drawString(LEFT + indent * SIZE, HEIGHT - 110 - row * PITCH, line)
        if picture:
            page.drawInlineImage(_dot(), 100, 100, 300, 400)
        page.showPage()
    page.save()
    return path


def _dot() -> object:
    from PIL import Image

    return Image.new("L", (4, 4), 128)


def wrap(paragraph: str, *, indent: int = 2) -> list[tuple[float, str]]:
    """Break a paragraph into lines of PER_LINE characters, the first one indented."""
    first, rest = paragraph[: PER_LINE - indent], paragraph[PER_LINE - indent :]
    return [(indent, first), *((0, rest[i : i + PER_LINE]) for i in range(0, len(rest), PER_LINE))]


TITLE = "某市未成年人保护工作实施方案"
PARAGRAPHS = [
    "一、指导思想",
    "坚持以人民为中心的发展思想，贯彻落实《中华人民共和国未成年人保护法》，以维护未成年人合法权益为工作目标，进一步加强统筹谋划，夯实六大保护，不断推动工作迈进。",
    "二、工作任务",
    "（一）有效落实强制报告制度。指导国家机关、村（居）民委员会、密切接触未成年人的单位、组织及其工作人员有效履行强制报告义务，提升识别、发现和报告意识与能力。",
    "（二）开通热线。依托 12345 政务热线，及时受理、转介侵犯未成年人合法权益的投诉、举报。",
]


def body() -> list[tuple[float, str]]:
    return [(6, TITLE), *(line for paragraph in PARAGRAPHS for line in wrap(paragraph))]


def test_wrapped_lines_are_joined_and_paragraphs_kept(tmp_path: Path) -> None:
    text = pdf_text(draw(tmp_path / "a.pdf", [body()]))
    assert text.splitlines() == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("number", ["- {} -", "{}", "第 {} 页 共 4 页", "— {} —", "{}/4"])
def test_headers_footers_and_page_numbers_go(tmp_path: Path, number: str) -> None:
    lines = body() * 3
    pages = [lines[i : i + 12] for i in range(0, len(lines), 12)]
    text = pdf_text(draw(tmp_path / "a.pdf", pages, header="某市人民政府公报 2021年第3期", number=number))
    assert text.splitlines() == [TITLE, *PARAGRAPHS] * 3


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    lines = wrap(PARAGRAPHS[1] * 4)
    pages = [lines[:4], lines[4:8], lines[8:]]
    assert pdf_text(draw(tmp_path / "a.pdf", pages)).splitlines() == [PARAGRAPHS[1] * 4]


def test_a_page_across_does_not_break_the_lines_of_the_others(tmp_path: Path) -> None:
    from reportlab.pdfgen import canvas

    draw(tmp_path / "font.pdf", [[]])
    page = canvas.Canvas(str(tmp_path / "a.pdf"))
    for size, row in (((WIDTH, HEIGHT), wrap(PARAGRAPHS[1])), ((HEIGHT, WIDTH), [(2, "附件"), (0, "宽" * 42)])):
        page.setPageSize(size)
        page.setFont("STSong-Light", SIZE)
        for i, (indent, line) in enumerate(row):
            page.drawString(LEFT + indent * SIZE, size[1] - 130 - i * PITCH, line)
        page.showPage()
    page.save()
    assert pdf_text(tmp_path / "a.pdf").splitlines() == [PARAGRAPHS[1], "附件", "宽" * 42]


def test_a_year_in_the_text_is_no_page_number(tmp_path: Path) -> None:
    lines = [*wrap(PARAGRAPHS[1]), (2, "2025")]
    assert pdf_text(draw(tmp_path / "a.pdf", [lines])).splitlines() == [PARAGRAPHS[1], "2025"]


def test_flush_left_text_begins_a_paragraph_at_a_marker(tmp_path: Path) -> None:
    full = "第一条 学校应当建立以校长为第一责任人的未成年学生保护工"
    assert len(full) > PER_LINE
    first = ("第一条　" + "学校应当建立制度，" * 9)[: PER_LINE * 2]
    second = ("第二条　" + "幼儿园应当报告情况，" * 9)[: PER_LINE * 2]
    lines = wrap(first, indent=0) + wrap(second, indent=0)
    assert pdf_text(draw(tmp_path / "a.pdf", [lines])).splitlines() == [first, second]


def test_a_pdf_goes_all_the_way_to_provisions(tmp_path: Path) -> None:
    place = tmp_path / "some-plan"
    place.mkdir()
    draw(place / "plan.pdf", [body()])
    (place / "meta.toml").write_text(f'file = "plan.pdf"\ntitle = "{TITLE}"\n', encoding="utf-8")
    document = parse(load(place))
    assert [p.eid for p in document.provisions] == ["l1_1", "l1_1__p_1", "l1_2", "l1_2__l2_1", "l1_2__l2_2"]
    assert [i for i in document.issues if i.code == "meta_differs"] == []


@pytest.mark.parametrize(("kind", "word"), [("encrypted", "密码"), ("empty", "没有文字"), ("scanned", "扫描"), ("broken", "pdf"), ("void", "pdf")])
def test_what_cannot_be_read_is_one_clear_sentence(tmp_path: Path, kind: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    path = tmp_path / "a.pdf"
    if kind == "encrypted":
        draw(path, [body()], password="secret")
    elif kind == "empty":
        draw(path, [[]], number=None)
    elif kind == "scanned":
        draw(path, [[], []], number=None, picture=True)
    else:
        path.write_bytes(b"%PDF-1.4 nothing" if kind == "broken" else b"")
    with pytest.raises(ReadError) as caught:
        pdf_text(path)
    assert str(caught.value).startswith("a.pdf：")
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("。")


def test_one_scanned_page_among_others_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    from reportlab.pdfgen import canvas

    path = tmp_path / "a.pdf"
    page = canvas.Canvas(str(path))
    page.drawString(100, 600, "text")
    page.showPage()
    page.drawInlineImage(_dot(), 100, 100, 300, 400)
    page.save()
    with pytest.raises(ReadError, match="第2页"):
        pdf_text(path)


def test_every_page_begins_at_its_first_character(tmp_path: Path) -> None:
    lines = wrap(PARAGRAPHS[1] * 4)
    found = read_pdf(draw(tmp_path / "a.pdf", [lines[:4], [], lines[4:8], lines[8:]]).read_bytes(), name="a.pdf")
    assert [found.text[start : start + 8] for start in found.pages] == [lines[i][1][:8] for i in (0, 4, 4, 8)]


def test_a_provision_knows_its_page(tmp_path: Path) -> None:
    place = tmp_path / "some-plan"
    place.mkdir()
    lines = body()
    draw(place / "plan.pdf", [lines[:5], lines[5:]])
    (place / "meta.toml").write_text(f'file = "plan.pdf"\ntitle = "{TITLE}"\n', encoding="utf-8")
    document = parse(load(place))
    assert {p.eid: document.page(p.full.start) for p in document.provisions} == {
        "l1_1": 1, "l1_1__p_1": 1, "l1_2": 2, "l1_2__l2_1": 2, "l1_2__l2_2": 2}
    assert parse(SourceDocument(document.meta, document.clean.text)).page(0) is None


def test_the_page_stands_in_the_json_and_in_the_reader() -> None:
    text = "第一条 甲\n第二条 乙\n"
    paged, plain_text = (parse(SourceDocument(Meta("t", file, title="某办法"), text, pages=pages)) for file, pages in (("a.pdf", (0, 6)), ("a.txt", ())))
    assert [provision_json(p, paged)["page"] for p in paged.provisions if p.level == "art"] == [1, 2]
    assert [provision_json(p, plain_text)["page"] for p in plain_text.provisions if p.level == "art"] == [None, None]
    assert "《某办法》第二条（第2页）" in str(document_text(paged, None))
    assert "（第2页）" in str(document_text(paged, "art_2"))
    assert "页）" not in str(document_text(plain_text, "art_2"))


def test_pages_are_clean_offsets() -> None:
    document = parse(SourceDocument(Meta("t", "a.pdf", title="某办法"), "\ufeff第一条 甲\r\n第二条 乙\r\n", pages=(0, 8)))
    assert document.clean.text[document.pages[1] :] == "第二条 乙\n"
    assert [document.page(i) for i in (0, 5, 6)] == [1, 1, 2]


def test_a_ruled_table_is_a_line_a_row_in_its_place(tmp_path: Path) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    style = ParagraphStyle("a", fontName="STSong-Light", fontSize=12, leading=18)
    draw(tmp_path / "font.pdf", [[]])
    cells = [["序号", "任务", "责任单位"], ["1", "落实强制报告制度", "民政局"], ["2", Paragraph("开通热线，及时受理侵犯未成年人合法权益的投诉举报", style), ""]]
    table = Table(cells, colWidths=(40, 150, 80), style=[("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 12)])
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build([Paragraph("任务分工如下：", style), table, Paragraph("本方案自印发之日起施行。", style)])
    assert pdf_text(tmp_path / "a.pdf").splitlines() == [
        "任务分工如下：", "序号\t任务\t责任单位", "1\t落实强制报告制度\t民政局", "2\t开通热线，及时受理侵犯未成年人合法权益的投诉举报\t", "本方案自印发之日起施行。"]


def test_a_box_around_a_text_is_no_table(tmp_path: Path) -> None:
    from reportlab.pdfgen import canvas

    draw(tmp_path / "font.pdf", [[]])
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(WIDTH, HEIGHT))
    page.rect(LEFT - 10, 300, WIDTH - 2 * LEFT + 20, 480)
    page.setFont("STSong-Light", SIZE)
    for row, (indent, line) in enumerate(wrap(PARAGRAPHS[1])):
        page.drawString(LEFT + indent * SIZE, HEIGHT - 110 - row * PITCH, line)
    page.save()
    assert pdf_text(tmp_path / "a.pdf").splitlines() == [PARAGRAPHS[1]]


@pytest.mark.parametrize(("reported", "printed"), [("⼈", "人"), ("⺠", "民"), ("⽬", "目"), ("⾯", "面"), ("⼾", "户"), ("⸺", "——"), ("〈", "〈"), ("人", "人"), ("①", "①")])
def test_a_font_may_report_a_radical_for_a_character(reported: str, printed: str) -> None:
    assert plain(reported) == printed
