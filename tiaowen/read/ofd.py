"""OFD (GB/T 33190) -> text: text objects of every page by their places, then lines and paragraphs as for pdf.

Guarantees: pages in the printed order; nothing outside the archive is looked up; a page without text objects counts as a page.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tiaowen.errors import ReadError
from tiaowen.read import archive, limits
from tiaowen.read.layout import Glyph, Line, lines_of, reading
from tiaowen.read.limits import Step, no_step
from tiaowen.read.reading import Reading

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?|-?\.\d+|g")
_A4_HEIGHT = 297.0
_MOST_REPEATS = 10_000


@dataclass(frozen=True, slots=True)
class _Archive:
    zip: zipfile.ZipFile
    name: str

    def root(self, path: str) -> Element:
        """The part at a path, names without namespace; a part that is named and not there is a broken file."""
        try:
            root = archive.xml(self.zip, posixpath.normpath(path).lstrip("/"), name=self.name)
        except KeyError:
            raise ReadError(f"{self.name}：文件不完整或已损坏，请重新取得文件。") from None
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root


def read_ofd(data: bytes, *, name: str, step: Step = no_step) -> Reading:
    """Return the text of an OFD file; raises ReadError where it is broken, or holds pictures only."""
    with archive.opened(data, name=name) as opened:
        held = _Archive(opened, name)
        lines: list[Line] = []
        pictures, offset = False, 0
        for body in held.root("OFD.xml").iter("DocBody"):
            for number, page in enumerate(_pages(held, body, step), offset + 1):
                lines += page.lines(number)
                pictures, offset = pictures or page.has_picture, number
    found = reading(lines)
    if not found.text.strip():
        what = "只有图片，没有文字，请换一份有文字的文件，或导出为 pdf 再试" if pictures else "没有文字，请换一份有文字的文件再试"
        raise ReadError(f"{name}：ofd 里{what}。")
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    glyphs: tuple[Glyph, ...]
    height: float
    has_picture: bool

    def lines(self, number: int) -> Iterator[Line]:
        return lines_of(self.glyphs, page=number, height=self.height)


def _pages(held: _Archive, body: Element, step: Step) -> Iterator[_Page]:
    place = (body.findtext("DocRoot") or "").strip()
    document = held.root(place)
    folder = posixpath.dirname(place)
    usual = _height(document.find("CommonData/PageArea"), _A4_HEIGHT)
    listed = document.findall("Pages/Page")
    if len(listed) > limits.PAGES:
        raise ReadError(f"{held.name}：页数太多（超过 {limits.PAGES} 页），不像一份文件，请拆分后再试。")
    for page in listed:
        step(limits.STEP_SECONDS)
        content = held.root(posixpath.join(folder, page.get("BaseLoc", "")))
        glyphs = tuple(glyph for text in content.iter("TextObject") for glyph in _glyphs(text))
        yield _Page(glyphs, _height(content.find("Area"), usual), next(content.iter("ImageObject"), None) is not None)


def _height(area: Element | None, otherwise: float) -> float:
    box = _numbers(area.findtext("PhysicalBox")) if area is not None else []
    return box[3] if len(box) == 4 and box[3] > 0 else otherwise


def _numbers(text: str | None) -> list[float]:
    return [float(found) for found in _NUMBER.findall(text or "") if found != "g"]


def _glyphs(element: Element) -> Iterator[Glyph]:
    """The characters of a text object: boundary, then its transformation, then start and steps of every text code."""
    boundary, size = _numbers(element.get("Boundary")), (_numbers(element.get("Size")) or [4.0])[0]
    if len(boundary) < 4:
        return
    matrix = _numbers(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    x, y = 0.0, 0.0
    for code in element.iter("TextCode"):
        words = (code.text or "").strip("\r\n")
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        steps_x, steps_y = _steps(code.get("DeltaX"), len(words)), _steps(code.get("DeltaY"), len(words))
        at_x, at_y = x, y
        for i, char in enumerate(words):
            left, base, tall = boundary[0] + a * at_x + c * at_y + e, boundary[1] + b * at_x + d * at_y + f, size * (abs(d) or 1.0)
            wide = size * (abs(a) or 1.0) * (1.0 if ord(char) > 0x2E7F else 0.5)
            if char >= " ":
                yield Glyph(char, left, left + wide, base - tall, base, tall)
            at_x += steps_x[i] if i < len(steps_x) else (0.0 if steps_y else wide / (abs(a) or 1.0))
            at_y += steps_y[i] if i < len(steps_y) else 0.0


def _steps(text: str | None, length: int) -> list[float]:
    """Distances from character to character; `g 3 5.5` stands for 5.5 5.5 5.5."""
    found = _NUMBER.findall(text or "")
    out: list[float] = []
    i = 0
    while i < len(found) and len(out) < length:
        if found[i] == "g" and i + 2 < len(found) and found[i + 1] != "g" and found[i + 2] != "g":
            out += [float(found[i + 2])] * max(0, min(int(float(found[i + 1])), length, _MOST_REPEATS))
            i += 3
        else:
            out += [float(found[i])] if found[i] != "g" else []
            i += 1
    return out
