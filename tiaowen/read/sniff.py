"""What a file really is, by its bytes; the name only decides between kinds of plain text."""

import re
from pathlib import PurePath

from tiaowen.errors import ReadError
from tiaowen.read import archive

TEXT, HTML, MHTML, DOCX, OFFICE, PDF, OFD, IMAGE = "text", "html", "mhtml", "docx", "office", "pdf", "ofd", "image"

_HEAD = 4096
_NOTHING = b"\x00 \t\r\n"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(rb"\s*<(?:meta|title|style|table|div|p|h[1-6]|span|section|article)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
_BINARY_ENDINGS = {"docx": "Word", "docm": "Word", "doc": "Word", "wps": "WPS", "pdf": "pdf", "ofd": "ofd", "png": "图片", "jpg": "图片",
                   "jpeg": "图片", "tif": "图片", "tiff": "图片", "bmp": "图片", "zip": "压缩包", "rtf": "RTF", "odt": "文档"}
_TEXT_ENDINGS = ("txt", "md", "text", "markdown")
_WEB_ENDINGS = ("html", "htm", "xhtml", "shtml", "mht", "mhtml")


def kind_of(data: bytes, *, name: str) -> str:
    """Return the kind of a file by its bytes; raises ReadError for what no reader takes, with what to do."""
    if not data[:_HEAD].strip(_NOTHING) and not data.strip(_NOTHING):
        raise ReadError(f"{name}：文件是空的，请重新取得文件。")
    head = data[:_HEAD]
    found = _by_magic(data, head, name)
    if found:
        return found
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise ReadError(f"{name}：不认识这种文件，请另存为 docx、pdf 或 txt 再试。")
    return _text_kind(data, head, PurePath(name).suffix.lower().lstrip("."), name)


def _by_magic(data: bytes, head: bytes, name: str) -> str | None:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and name.lower().endswith(".pdf")):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _ole(data, name)
    if data.startswith(b"{\\rtf"):
        return OFFICE
    if data.startswith(_IMAGES) or (data.startswith(b"BM") and b"\x00" in head) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return IMAGE
    if data.startswith((*_ARCHIVES, b"PK\x05\x06", b"PK\x07\x08")) or data[257:262] == b"ustar":
        raise ReadError(f"{name}：是压缩包，请先解压，再逐个添加里面的文件。")
    if data.startswith(_PROGRAMS) and b"\x00" in head:
        raise ReadError(f"{name}：是程序，不是文档，请不要打开它，核实来源后重新取得文件。")
    return None


def _zipped(data: bytes, name: str) -> str:
    names = archive.names(data, name=name)
    if "word/document.xml" in names or "word/document2.xml" in names:
        return DOCX
    if "OFD.xml" in names:
        return OFD
    if "content.xml" in names and "mimetype" in names:
        return OFFICE
    if any(n.startswith(("xl/", "ppt/")) for n in names):
        raise ReadError(f"{name}：是表格或演示文稿，不是正文文件，请把正文另存为 docx 再试。")
    if "EncryptedPackage" in names:
        raise ReadError(f"{name}：文件有密码，请先解除密码再试。")
    raise ReadError(f"{name}：是压缩包，请先解压，再逐个添加里面的文件。")


def _ole(data: bytes, name: str) -> str:
    """An OLE container: Word or WPS before 2007, an encrypted docx, or a table; stream names are UTF-16."""
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage") or (has("WordDocument") and _word_is_encrypted(data)):
        raise ReadError(f"{name}：文件有密码，请先解除密码再试。")
    if has("WordDocument"):
        return OFFICE
    if has("Workbook") or has("PowerPoint Document"):
        raise ReadError(f"{name}：是表格或演示文稿，不是正文文件，请把正文另存为 docx 再试。")
    raise ReadError(f"{name}：不认识这种文件，请用 Word 或 WPS 打开，另存为 docx 再试。")


def _word_is_encrypted(data: bytes) -> bool:
    """The file information block opens a sector with 0xA5EC; bit 8 of its flags says encrypted ([MS-DOC] 2.5.2)."""
    for start in range(512, min(len(data), 1 << 22), 512):
        if data[start : start + 2] == b"\xec\xa5":
            return bool(data[start + 11] & 1) if start + 11 < len(data) else False
    return False


def _text_kind(data: bytes, head: bytes, ending: str, name: str) -> str:
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if re.match(rb"(?:From|MIME-Version|Content-Type|Subject|Date):", plain, re.IGNORECASE) and b"multipart/related" in plain:
        return MHTML
    if re.match(rb"\s*<\?xml", plain) and b"Word.Document" in plain:
        raise ReadError(f"{name}：是 Word 的 XML 格式，请用 Word 或 WPS 打开，另存为 docx 再试。")
    if _WEB_START.match(plain) or (ending != "md" and _FRAGMENT.match(plain)):
        return HTML
    if ending in _WEB_ENDINGS:
        if _TAG.search(data.replace(b"\x00", b"")):
            return HTML
        raise ReadError(f"{name}：内容不是网页，请重新取得文件；如果是纯文本，请把后缀改为 .txt。")
    if ending in _BINARY_ENDINGS:
        raise ReadError(f"{name}：后缀是 .{ending}，内容却不是{_BINARY_ENDINGS[ending]}文件，可能没有下载完整，请重新取得文件。")
    if ending in _TEXT_ENDINGS:
        return TEXT
    raise ReadError(f"{name}：暂不支持 .{ending} 文件，请另存为 docx、pdf 或 txt 再试。" if ending
                    else f"{name}：文件名没有后缀，请加上 .txt、.docx 等后缀再试。")
