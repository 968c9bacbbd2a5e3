"""Files made for the tests of the readers: Word, PDF and web pages from paragraphs, and OFD from lines."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, SIZE, LEFT, TOP, BOTTOM, PITCH = 595, 842, 16, 80, 100, 90, 28
CLOSING = "，。、；：？！”’）》〉】"
OFD_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file with a paragraph for each line."""
    from docx import Document

    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def page_of_site(paragraphs: Sequence[str]) -> bytes:
    """A page of an official site: menu, script, the text a paragraph each, foot."""
    body = "\n".join(f"<p>　　{escape(p)}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某网站</title><style>p {{ margin: 0 }}</style></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li><li><a href="/b">互动交流</a></li></ul></div>
<script>document.write("一、脚本里的字")</script><div id="zoom">{body}</div><div class="share-bar">分享到</div>
<div class="footer">版权所有：某网站 备案号：某0000号</div></body></html>""".encode()


def pdf(paragraphs: Sequence[str], *, centred: Sequence[str] = (), header: str | None = None, numbers: bool = True,
        password: str | None = None) -> bytes:
    """A PDF as officials print it: first lines indented by two characters, lines broken anywhere but before a closing sign."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True, encrypt=StandardEncryption(password) if password else None)
    rows = [row for p in paragraphs for row in (_centred(p) if p in centred else _wrapped(p))]
    per_page = (HEIGHT - TOP - BOTTOM) // PITCH
    for first in range(0, max(len(rows), 1), per_page):
        page.setFont("STSong-Light", SIZE)
        for i, (x, row) in enumerate(rows[first : first + per_page]):
            page.drawString(x, HEIGHT - TOP - i * PITCH, row)
        page.setFont("STSong-Light", 10)
        if header:
            page.drawString(LEFT, HEIGHT - 40, header)
        if numbers:
            page.drawCentredString(WIDTH / 2, 40, f"— {first // per_page + 1} —")
        page.showPage()
    page.save()
    return out.getvalue()


def _width(text: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "STSong-Light", SIZE))


def _centred(paragraph: str) -> list[tuple[float, str]]:
    return [((WIDTH - _width(paragraph)) / 2, paragraph)] if _width(paragraph) < WIDTH - 2 * LEFT else _wrapped(paragraph)


def _wrapped(paragraph: str) -> list[tuple[float, str]]:
    rows: list[tuple[float, str]] = []
    x, row = LEFT + 2.0 * SIZE, ""
    for char in paragraph.strip():
        if x + _width(row + char) > WIDTH - LEFT:
            cut = len(row) - 1 if char in CLOSING else len(row)
            rows.append((x, row[:cut]))
            x, row = LEFT, row[cut:]
        row += char
    return [*rows, (x, row)]


def ofd(pages: Sequence[Sequence[tuple[float, float, str]]], *, size: float = 5.0) -> bytes:
    """An OFD file of pages of (x, y, line) in millimetres."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    files = {
        "OFD.xml": f'<ofd:OFD {OFD_SPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document {OFD_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
                              f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for i, lines in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{n}" Font="1" Size="{size}" Boundary="{x} {y - size} {size * len(words)} {size * 1.4}">'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(words) - 1} {size}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
            for n, (x, y, words) in enumerate(lines))
        files[f"Doc_0/Pages/Page_{i}/Content.xml"] = f"<ofd:Page {OFD_SPACE}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip archive of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return out.getvalue()
