"""Plain text and Markdown: bytes -> text."""

import codecs

from tiaowen.errors import ReadError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSED_FROM = 1 << 20


def decode(data: bytes, *, name: str) -> str:
    """Return text from bytes: by byte order mark, else strict utf-8, strict gb18030, a guess; raises ReadError."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if b"\x00" in data and marked in (None, "utf-8"):
        raise ReadError(f"{name}：不是文本文件，请另存为 UTF-8 的 txt 再试。")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_GUESSED_FROM]).best()
    if guess is None:
        raise ReadError(f"{name}：认不出文字编码，请另存为 UTF-8 的 txt 再试。")
    try:
        return data.decode(guess.encoding)
    except UnicodeDecodeError:
        raise ReadError(f"{name}：文字编码前后不一致，请另存为 UTF-8 的 txt 再试。") from None
