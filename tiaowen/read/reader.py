"""One file's bytes -> `Reading`, by what the bytes are; in this process (`isolated` runs it in another)."""

from tiaowen.errors import ReadError
from tiaowen.read import limits, sniff
from tiaowen.read.limits import Step, no_step
from tiaowen.read.reading import Reading
from tiaowen.read.text import decode


def read_bytes(data: bytes, *, name: str, step: Step = no_step) -> Reading:
    """Return what a file says; raises ReadError with one sentence that names the file and says what to do."""
    refuse_large(len(data), name)
    return _checked(_read(sniff.kind_of(data, name=name), data, name, step), name)


def refuse_large(size: int, name: str) -> None:
    """Raise ReadError where a file has more bytes than any reader takes."""
    if size > limits.FILE:
        raise ReadError(f"{name}：文件太大（超过 {limits.FILE // limits.MEBIBYTE} MB），请拆分后再试。")


def _read(kind: str, data: bytes, name: str, step: Step) -> Reading:
    """Readers are imported when they are needed: each brings its library."""
    step(limits.STEP_SECONDS)
    if kind == sniff.TEXT:
        return Reading(decode(data, name=name))
    if kind in (sniff.HTML, sniff.MHTML):
        from tiaowen.read.html import read_html, read_mhtml

        return read_html(data, name=name) if kind == sniff.HTML else read_mhtml(data, name=name)
    if kind == sniff.DOCX:
        from tiaowen.read.docx import read_docx

        return read_docx(data, name=name)
    if kind == sniff.OFFICE:
        from tiaowen.read.office import read_office

        return read_office(data, name=name, step=step)
    if kind == sniff.OFD:
        from tiaowen.read.ofd import read_ofd

        return read_ofd(data, name=name, step=step)
    if kind == sniff.IMAGE:
        from tiaowen.read.ocr import read_image

        return read_image(data, name=name, step=step)
    from tiaowen.read.pdf import read_pdf

    return read_pdf(data, name=name, step=step)


def _checked(reading: Reading, name: str) -> Reading:
    """Text that can be stored: of bearable length, not empty, and no half surrogates (they have no UTF-8)."""
    if len(reading.text) > limits.CHARACTERS:
        raise ReadError(f"{name}：文字太多（超过 {limits.CHARACTERS // 10_000} 万字），不像一份文件，请拆分后再试。")
    if not reading.text.strip("\ufeff \t\r\n\f　\xa0"):
        raise ReadError(f"{name}：文件里没有文字，请换一份有文字的文件再试。")
    whole = reading.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Reading(whole if len(whole) == len(reading.text) else _without_halves(reading.text), reading.pages, reading.issues)


def _without_halves(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
