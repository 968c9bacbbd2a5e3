import hashlib
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import CORPUS, FIVE
from tests.support import write_corpus
from tiaowen.errors import CorpusError, ReadError
from tiaowen.model import SourceDocument
from tiaowen.parse.source import folders, load, text_of
from tiaowen.read.text import decode

TEXT = "第一条　为了保护未成年人，制定本办法。\n第二条　学校应当立即向公安机关报告。\n"


def folder(tmp_path: Path, meta: str, *, name: str = "test-doc", file: str = "text.txt", data: bytes | None = None) -> Path:
    place = tmp_path / name
    place.mkdir(parents=True)
    (place / file).write_bytes(TEXT.encode() if data is None else data)
    (place / "meta.toml").write_bytes(meta.encode() if isinstance(meta, str) else meta)
    return place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), name="a.txt").lstrip("\ufeff") == TEXT


def test_short_gb18030_is_chinese_not_korean() -> None:
    assert decode("第一条".encode("gb18030"), name="a.txt") == "第一条"


@pytest.mark.parametrize("data", [b"\x00\x01\x02binary\x00", b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.txt：[^\n]+。$"):
        decode(data, name="a.txt")


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.html", "a"])
def test_other_kinds_of_file_are_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match=r"^[^\n]+。$"):
        text_of(tmp_path / name, b"x")


def test_the_five_are_there_with_their_hashes(sources: dict[str, SourceDocument]) -> None:
    assert tuple(sources) == FIVE
    for identity, source in sources.items():
        data = (CORPUS / identity / source.meta.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == source.meta.sha256, identity
        assert source.issues == (), identity
        assert source.raw.encode() == data or source.raw.encode("gb18030") == data, identity


def test_a_changed_file_is_read_all_the_same_with_an_issue(tmp_path: Path) -> None:
    source = load(folder(tmp_path, f'file = "text.txt"\ntitle = "某办法"\nsha256 = "{"0" * 64}"\n'))
    assert source.raw == TEXT
    assert [i.code for i in source.issues] == ["sha256_differs"]


def test_absent_is_absent(tmp_path: Path) -> None:
    meta = load(folder(tmp_path, 'file = "text.txt"\ntitle = "某办法"\n')).meta
    assert (meta.document_number, meta.issuer, meta.level, meta.region, meta.stage, meta.successor) == (None,) * 6
    assert (meta.dates.issued, meta.status, meta.shelf) == (None, "unknown", "local")


def test_every_key_is_read(tmp_path: Path) -> None:
    meta = load(folder(tmp_path, '''
file = "text.txt"
title = "某办法"
document_number = "某府〔2022〕4号"
aliases = ["某办法", "办法"]
region = "某省/某市"
status = "in_force"
[status_evidence]
quote = "自公布之日起施行"
checked_on = 2026-01-02
checked_source = "某网"
[successor]
title = "某条例"
in_force = 2025-01-01
[dates]
issued = 2022-03-04
''')).meta
    assert meta.aliases == ("某办法", "办法")
    assert meta.status_evidence is not None
    assert meta.status_evidence.checked_on == date(2026, 1, 2)
    assert meta.successor is not None
    assert (meta.successor.adopted, meta.successor.in_force) == (None, date(2025, 1, 1))
    assert meta.dates.issued == date(2022, 3, 4)


OK = 'file = "text.txt"\ntitle = "某办法"\n'


@pytest.mark.parametrize(("meta", "names"), [
    ("file = ", "TOML"), ('title = "某办法"\n', "file"), ('file = "text.txt"\n', "title"), (OK + 'status = "valid"\n', "status"),
    (OK + 'shelf = "other"\n', "shelf"), (OK + 'aliases = "办法"\n', "aliases"), (OK + "region = 4\n", "region"),
    (OK + 'status = "in_force"\n', "status_evidence"), (OK + '[dates]\nissued = "last year"\n', "issued"),
    ('file = "../text.txt"\ntitle = "某"\n', "file"), ('file = "gone.txt"\ntitle = "某"\n', "gone.txt"),
    (OK + 'shelf = "law"\n', "_law"), ("\ufeff" + OK + "x", "TOML"),
])
def test_a_broken_meta_is_one_clear_sentence(tmp_path: Path, meta: str, names: str) -> None:
    with pytest.raises(CorpusError) as caught:
        load(folder(tmp_path, meta))
    message = str(caught.value)
    assert message.startswith("test-doc：")
    assert names in message
    assert "\n" not in message.strip()
    assert message.endswith("。")


def test_a_meta_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load(folder(tmp_path, "\ufeff" + OK)).meta.title == "某办法"


def test_a_meta_in_gb18030_is_one_clear_sentence(tmp_path: Path) -> None:
    place = folder(tmp_path, OK)
    (place / "meta.toml").write_bytes(OK.encode("gb18030"))
    with pytest.raises(CorpusError, match=r"^test-doc：[^\n]+。$"):
        load(place)


def test_a_missing_meta_and_a_bad_folder_name(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match=r"^empty：缺少 meta\.toml[^\n]*。$"):
        load(tmp_path / "empty")
    with pytest.raises(CorpusError, match=r"^Bad Name：[^\n]*。$"):
        load(folder(tmp_path, OK, name="Bad Name"))


def test_the_shelf_has_a_folder_of_its_own(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {
        "b-doc": ('title = "乙"', "一、甲\n"), "a-doc": ('title = "甲"', "一、甲\n"),
        "_law/some-law": ('title = "某法"\nshelf = "law"', "第一条 甲\n"), ".hidden": ('title = "x"', ""), "_other": ('title = "x"', ""),
    })
    assert [f.name for f in folders(corpus)] == ["a-doc", "b-doc", "some-law"]
    assert load(corpus / "_law" / "some-law").meta.shelf == "law"
    write_corpus(corpus, {"_law/local-one": ('title = "丙"', "一、甲\n")})
    with pytest.raises(CorpusError, match=r"^local-one：[^\n]*_law[^\n]*。$"):
        load(corpus / "_law" / "local-one")


def test_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="--corpus"):
        folders(tmp_path / "gone")
