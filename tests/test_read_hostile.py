"""Files that mean harm, or are broken: each is one clear sentence, and the index stays as it was, byte for byte."""

import hashlib
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import making
from tests.support import write_corpus
from tiaowen.build import ingest
from tiaowen.errors import ReadError
from tiaowen.read import isolated, limits
from tiaowen.read.reader import read_bytes

Maker = Callable[[Path], None]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
LAUGHS = ('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>")
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def raw(data: bytes | Callable[[], bytes]) -> Maker:
    """A file of these bytes; what takes long to make is made when it is needed."""
    def make(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data())

    return make


def word(body: str, head: str = "") -> bytes:
    return making.zipped({"[Content_Types].xml": TYPES, "word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"})


def bomb(path: str, mebibytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(path, "w") as member:
        for _ in range(mebibytes):
            member.write(b" " * (1 << 20))
    return out.getvalue()


def lying(data: bytes, path: bytes, size: int) -> bytes:
    """The archive with another stated size for the first member, in its directory too."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(path)] != path:
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def holes(data: bytes) -> bytes:
    """The archive with the compressed bytes of its last member overwritten."""
    at = data.rindex(b"PK\x03\x04") + 30 + len("word/document.xml")
    return data[:at] + b"\x55" * 40 + data[at + 40 :]


def encrypted_zip() -> bytes:
    data = bytearray(making.zipped({"word/document.xml": "<a/>"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return bytes(data)


def ole(*streams: str, at: dict[int, bytes] | None = None) -> bytes:
    data = bytearray(OLE + b"".join(s.encode("utf-16-le").ljust(128, b"\x00") for s in streams) + b"\x00" * 4096)
    for place, piece in (at or {}).items():
        data[place : place + len(piece)] = piece
    return bytes(data)


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF of the objects as written, numbered from 1, without a cross-reference table: readers look for the objects."""
    out = b"%PDF-1.5\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    return out + b"trailer << /Root %d 0 R /Size %d >>\n%%%%EOF\n" % (root, len(objects) + 1)


def stream(data: bytes, more: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more.encode()) + data + b"\nendstream"


def deflated(mebibytes: int, times: int = 1) -> bytes:
    data = zlib.compress(b"\x00" * (mebibytes << 20), 9)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
PNG = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


WORD = making.docx(["第一条 学校应当报告。" * 50] * 20)
OFD = making.ofd([[(20, 30, "第一条 学校应当报告。")]])

HOSTILE: list[tuple[str, Maker, str]] = [
    ("empty.txt", raw(b""), "空的"),
    ("blank.txt", raw(b" \r\n" * 500), "空的"),
    ("zeros.pdf", raw(b"\x00" * 5000), "空的"),
    ("noise.txt", raw(bytes(range(256)) * 40), "不认识"),
    ("program.docx", raw(b"MZ\x90\x00\x03" + b"\x00" * 500), "程序"),
    ("program.txt", raw(b"\x7fELF\x02\x01\x01" + b"\x00" * 500), "程序"),
    ("archive.zip", raw(making.zipped({"a.txt": "第一条"})), "压缩包"),
    ("archive.docx", raw(making.zipped({"a.txt": "第一条"})), "压缩包"),
    ("nested.docx", raw(lambda: making.zipped({f"{i}.zip": bomb("a", 5) for i in range(3)})), "压缩包"),
    ("archive.7z", raw(b"7z\xbc\xaf\x27\x1c" + b"\x00" * 99), "压缩包"),
    ("archive.rar", raw(b"Rar!\x1a\x07\x00" + b"\x00" * 99), "压缩包"),
    ("archive.txt", raw(b"\x1f\x8b\x08" + b"\x00" * 99), "压缩包"),
    ("bomb.docx", raw(lambda: bomb("word/document.xml", 220)), "解压后太大"),
    ("bomb.ofd", raw(lambda: lying(bomb("OFD.xml", 1), b"OFD.xml", 4 << 28)), "解压后太大"),
    ("members.docx", raw(lambda: making.zipped({f"word/{i}": "" for i in range(limits.MEMBERS + 1)} | {"word/document.xml": ""})), "解压后太大"),
    ("lying.docx", raw(lambda: lying(bomb("word/document.xml", 30), b"word/document.xml", 100)), "损坏"),
    ("locked.zip", raw(encrypted_zip()), "密码"),
    ("half.docx", raw(WORD[: len(WORD) // 2]), "损坏"),
    ("holes.docx", raw(holes(word("<w:p><w:r><w:t>第一条</w:t></w:r></w:p>" * 9))), "损坏"),
    ("head.docx", raw(b"PK\x03\x04"), "损坏"),
    ("words.docx", raw("第一条 学校应当报告。".encode()), "却不是"),
    ("unclosed.docx", raw(word("<w:p>")), "损坏"),
    ("no-body.docx", raw(making.zipped({"word/document.xml": f"<w:document {W}/>"})), "损坏"),
    ("no-words.docx", raw(word("<w:p/>" * 9)), "没有文字"),
    ("pictures.docx", raw(word("<w:p><w:r><w:drawing/></w:r></w:p>")), "只有图片"),
    ("deep.docx", raw(lambda: word("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000)), "。"),
    ("laughs.docx", raw(word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", LAUGHS)), "XML 定义"),
    ("outside.docx", raw(word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", OUTSIDE)), "XML 定义"),
    ("locked.docx", raw(ole("EncryptionInfo", "EncryptedPackage")), "密码"),
    ("locked.doc", raw(ole("WordDocument", at={1024: b"\xec\xa5\xc1\x00" + b"\x00" * 6 + b"\x00\x01"})), "密码"),
    ("table.doc", raw(ole("Workbook")), "表格"),
    ("other.doc", raw(ole("Something")), "不认识"),
    ("table.xlsx", raw(making.zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<a/>"})), "表格"),
    ("slides.pptx", raw(making.zipped({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<a/>"})), "演示"),
    ("word2003.doc", raw(b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>'), "XML 格式"),
    ("broken.doc", raw(ole("WordDocument")), "LibreOffice"),
    ("locked.pdf", raw(lambda: making.pdf(["第一条"], password="secret")), "密码"),
    ("head.pdf", raw(b"%PDF-1.4 nothing"), "pdf"),
    ("half.pdf", raw(lambda: making.pdf(["第一条 学校应当报告。" * 5] * 3)[:1500]), "pdf"),
    ("blank.pdf", raw(lambda: making.pdf([], numbers=False)), "没有文字"),
    ("cycle.pdf", raw(pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>")), "pdf"),
    ("self.pdf", raw(pdf("1 0 R")), "pdf"),
    ("ring.pdf", raw(pdf("2 0 R", "3 0 R", "1 0 R")), "pdf"),
    ("ring-length.pdf", raw(pdf(CATALOG, ONE_PAGE, PAGE, b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream")), "pdf"),
    ("ring-objects.pdf", raw(pdf("<< /Type /Catalog /Pages 9 0 R >>", stream(b"9 0 2 0 R", "/Type /ObjStm /N 1 /First 4 /Extends 2 0 R"))), "pdf"),
    ("ring-form.pdf", raw(pdf(CATALOG, ONE_PAGE, PAGE[:-2] + "/Resources << /XObject << /A 5 0 R >> >> >>", stream(b"/A Do"),
                              stream(b"/A Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>"))), "。"),
    ("bomb.pdf", raw(lambda: pdf(CATALOG, ONE_PAGE, PAGE, stream(deflated(1500), "/Filter /FlateDecode"))), "。"),
    ("bombs.pdf", raw(lambda: pdf(CATALOG, ONE_PAGE, PAGE, stream(deflated(1500, 2), "/Filter [/FlateDecode /FlateDecode]"))), "。"),
    ("pages.pdf", raw(lambda: pdf(CATALOG, f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in range(3, limits.PAGES + 4))}] /Count 9 >>",
                          *["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * (limits.PAGES + 1))), "页数太多"),
    ("scripts.html", raw(b"<html><body><script>while (true) {}</script><noscript>x</noscript></body></html>"), "正文"),
    ("menu.html", raw("<html><body><nav>首页</nav><div hidden>第一条</div></body></html>".encode()), "正文"),
    ("deep.html", raw(lambda: b"<html>" + b"<div>" * 300_000), "没有进展"),
    ("words.html", raw("第一条 学校应当报告。".encode()), "不是网页"),
    ("laughs.xml", raw(f"{LAUGHS}<l>&i;</l>".encode()), "不支持"),
    ("no-page.mht", raw(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\nno\r\n--x--"), "网页存档"),
    ("no-document.ofd", raw(making.zipped({"OFD.xml": "<OFD><DocBody><DocRoot>gone.xml</DocRoot></DocBody></OFD>"})), "损坏"),
    ("climbing.ofd", raw(making.zipped({"OFD.xml": "<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"})), "损坏"),
    ("itself.ofd", raw(making.zipped({"OFD.xml": "<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody></OFD>"})), "没有文字"),
    ("laughs.ofd", raw(making.zipped({"OFD.xml": f"{LAUGHS}<OFD>&i;</OFD>"})), "XML 定义"),
    ("half.ofd", raw(OFD[: len(OFD) // 2]), "损坏"),
    ("pages.ofd", raw(lambda: making.zipped({"OFD.xml": "<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody></OFD>",
                                     "d.xml": f"<D><Pages>{'<Page/>' * (limits.PAGES + 1)}</Pages></D>"})), "页数太多"),
    ("large.png", raw(png(60_000, 60_000)), "图片"),
    ("half.png", raw(png(400, 400)), "图片"),
    ("picture.txt", raw(png(4, 4, b"\x00\x80\x80\x80\x80" * 4)), "图片"),
    ("long.txt", raw(lambda: "第一条 学校应当报告。\n".encode() * (limits.CHARACTERS // 11)), "文字太多"),
    ("no-ending", raw("第一条".encode()), "后缀"),
    ("some.xyz", raw("第一条".encode()), "不支持"),
    ("sparse.txt", lambda path: os.truncate(path.touch() or path, limits.FILE + 1), "太大"),
]
NO_FILE: list[tuple[str, Maker, str]] = [
    ("folder.txt", Path.mkdir, "文件夹"),
    ("link.txt", lambda path: path.symlink_to("/etc/passwd"), "链接"),
    ("gone.txt", lambda path: None, "找不到"),
    ("odd\nname.txt", raw(b""), "空的"),
    ("x" * 200 + ".txt", raw(b""), "空的"),
    *([("pipe.txt", os.mkfifo, "不是普通文件")] if hasattr(os, "mkfifo") else []),
]


def state(folder: Path) -> str:
    """One hash over the names and bytes of all files."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def is_one_sentence(message: str) -> bool:
    """The name, then one Chinese sentence without a line feed or a word of a traceback."""
    return bool(re.fullmatch(r"[^\n]{1,90}：[^\n]{4,120}。", message)) and not re.search(r"Error|Exception|Traceback|None", message)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A small corpus and its index."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = write_corpus(folder / "corpus", {"z-good": ('title = "某办法"', "第一条　学校应当立即报告。\n第二条　医院应当立即报告。\n")})
    ingest(corpus, folder / "index")
    return corpus, folder / "index"


SLOW = ("bomb.pdf", "bombs.pdf", "ring.pdf", "self.pdf", "pages.pdf", "picture.txt", "broken.doc", "deep.html")
APART = ("bomb.docx", "nested.docx", "lying.docx", "laughs.docx", "deep.docx", "locked.doc", "half.pdf", "cycle.pdf", "ring-form.pdf", "scripts.html",
         "climbing.ofd", "large.png", "sparse.txt")
WORDLESS = ("empty.txt", "blank.txt")  # in a corpus a plain text without words is a document without provisions
CALM = [one for one in HOSTILE if one[0] not in (*SLOW, *APART)]


def cases(found: list[tuple[str, Maker, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "make", "says"), found, ids=[name for name, _, _ in found])


@cases(CALM)
def test_a_hostile_file_is_one_sentence(name: str, make: Maker, says: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    with pytest.raises(ReadError) as caught:
        read_bytes((tmp_path / name).read_bytes(), name=name)
    assert_told(caught.value, name, says)


@cases([one for one in HOSTILE if one[0] in APART])
def test_a_hostile_file_leaves_the_index_untouched(name: str, make: Maker, says: str, built: tuple[Path, Path], tmp_path: Path) -> None:
    refused_by_ingest(name, make, says, built, tmp_path)


@pytest.mark.nightly
@cases([one for one in HOSTILE if one[0] not in (*APART, *WORDLESS)])
def test_every_other_hostile_file_leaves_the_index_untouched(name: str, make: Maker, says: str, built: tuple[Path, Path], tmp_path: Path) -> None:
    refused_by_ingest(name, make, says, built, tmp_path)


def refused_by_ingest(name: str, make: Maker, says: str, built: tuple[Path, Path], tmp_path: Path) -> None:
    """Ingest a corpus that holds the file first, then a good one."""
    corpus, index = built
    before = state(index)
    mixed = write_corpus(tmp_path / "corpus", {"z-good": ('title = "某办法"', (corpus / "z-good" / "text.txt").read_text("utf-8"))})
    place = mixed / "a-hostile"
    place.mkdir()
    make(place / name)
    (place / "meta.toml").write_text(f'file = "{name}"\ntitle = "某文件"\n', encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        ingest(mixed, index)
    assert_told(caught.value, name, says)
    assert state(index) == before


def assert_told(error: ReadError, name: str, says: str) -> None:
    assert str(error).startswith(f"{name}：")
    assert is_one_sentence(str(error)), str(error)
    assert says in str(error)


def test_no_progress_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 300,000 open parts takes minutes to parse; here two seconds are allowed instead of ten."""
    monkeypatch.setattr(limits, "PAGE_SECONDS", 2.0)
    (tmp_path / "a.html").write_bytes(b"<html>" + b"<div>" * 300_000)
    with pytest.raises(ReadError, match=r"a\.html：读取时超过 2 秒没有进展"):
        isolated.read(tmp_path / "a.html")


@pytest.mark.parametrize(("name", "make", "says"), [*NO_FILE, *(one for one in HOSTILE if one[0] in WORDLESS)])
def test_what_is_no_file_is_one_sentence(name: str, make: Maker, says: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    with pytest.raises(ReadError) as caught:
        isolated.read(tmp_path / name)
    assert is_one_sentence(str(caught.value)), str(caught.value)
    assert says in str(caught.value)


def test_there_are_forty() -> None:
    assert len({name for name, _, _ in (*HOSTILE, *NO_FILE)}) >= 40
