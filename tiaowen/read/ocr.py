"""Scans and pictures -> lines, by the optional recognition engine (rapidocr with onnxruntime); it needs no network.

Guarantees: without the engine, one sentence says what to install; with it, an issue says that the text was recognised.
"""

import io
import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from tiaowen.errors import ReadError
from tiaowen.model import Issue
from tiaowen.read import limits
from tiaowen.read.layout import Line, reading
from tiaowen.read.limits import Step, no_step
from tiaowen.read.reading import Reading

RESOLUTION = 200
HOW_TO_INSTALL = "请先安装文字识别：pip install -r requirements-ocr.txt，或换一份有文字层的文件。"
RECOGNISED = Issue("recognised", "文字由图片识别得到，可能有错字，请对照原件核对")
MOST_PIXELS = 60_000_000
_LABEL = re.compile(r"^第[零〇一二三四五六七八九十百千0-9]+[编章节条](?:之[一二三四五六七八九十]+)?(?=[^\s　【第规的、，。至和或之])")


def is_installed() -> bool:
    """Tell whether the recognition engine is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_image(data: bytes, *, name: str, step: Step = no_step) -> Reading:
    """Return the text of a picture, or of a TIFF with several pages; raises ReadError."""
    if not is_installed():
        raise ReadError(f"{name}：是图片，{HOW_TO_INSTALL}")
    lines: list[Line] = []
    for number, image in enumerate(_frames(data, name), 1):
        step(limits.PAGE_SECONDS)
        lines += lines_of_image(image, page=number)
    found = reading(lines)
    if not found.text.strip():
        raise ReadError(f"{name}：图片里没有认出文字，请换一份更清楚的文件再试。")
    return Reading(found.text, found.pages, (RECOGNISED,))


def _frames(data: bytes, name: str) -> list[Any]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS or getattr(opened, "n_frames", 1) > limits.SCANS:
                raise ReadError(f"{name}：图片太大，请缩小或拆分后再试。")
            return [ImageOps.exif_transpose(frame).convert("RGB") for frame in ImageSequence.Iterator(opened)]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise ReadError(f"{name}：图片已损坏或太大，请重新取得文件。") from None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # With its direction classifier on, whole lines vanish.
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})


def lines_of_image(image: Any, *, page: int, scale: float = 1.0) -> list[Line]:
    """Return the recognised lines of one page from top to bottom; `scale` turns pixels into the unit of the page."""
    limits.allow_more_memory()
    import numpy as np

    found = _engine()(np.asarray(image.convert("RGB"))[:, :, ::-1])
    if found.boxes is None or not found.txts:
        return []
    lines = [_boxed(box, _spaced(words), page=page, scale=scale, height=image.height * scale)
             for box, words in zip(found.boxes, found.txts, strict=True)]
    return _even(_level(lines))


def _boxed(box: Any, words: str, *, page: int, scale: float, height: float) -> Line:
    xs, ys = [float(x) * scale for x, _ in box], [float(y) * scale for _, y in box]
    return Line(words, min(xs), max(xs), min(ys), max(ys), max(ys) - min(ys), page, height)


def _spaced(words: str) -> str:
    """Put back the space after 第三章 or 第五条 that recognition leaves out; 第五条规定, 第五条第二款 have none."""
    return _LABEL.sub(r"\g<0> ", words)


def _even(lines: list[Line]) -> list[Line]:
    """Boxes of one letter size differ by a pixel or two: those near the middle get the middle size."""
    usual = sorted(line.size for line in lines)[len(lines) // 2]
    return [replace(line, size=usual) if 0.5 * usual < line.size < 1.4 * usual else line for line in lines]


def _level(lines: list[Line]) -> list[Line]:
    """Reading order: boxes whose middles lie level are one line, from left to right."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.top + one.bottom):
        if out and (line.top + line.bottom) / 2 - (out[-1][0].top + out[-1][0].bottom) / 2 < 0.5 * out[-1][0].size:
            out[-1].append(line)
        else:
            out.append([line])
    return [_merged(sorted(row, key=lambda one: one.x0)) for row in out]


def _merged(row: list[Line]) -> Line:
    words = row[0].text
    for before, after in pairwise(row):
        words += (" " if after.x0 - before.x1 > 0.8 * after.size else "") + after.text
    return Line(words, row[0].x0, row[-1].x1, min(r.top for r in row), max(r.bottom for r in row),
                max(r.size for r in row), row[0].page, row[0].height)
