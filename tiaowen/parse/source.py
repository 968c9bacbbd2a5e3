"""Corpus folders -> source documents: metadata and decoded text.

A document is a folder `corpus/<id>/` (or `corpus/_law/<id>/`) with the file as received and `meta.toml`.
"""

import hashlib
import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tiaowen.errors import CorpusError
from tiaowen.model import Issue, Meta, SourceDocument
from tiaowen.read import isolated
from tiaowen.read.reader import read_bytes, refuse_large
from tiaowen.read.reading import Reading
from tiaowen.read.sniff import TEXT, kind_of
from tiaowen.read.text import decode

STATUSES = ("in_force", "issued", "draft", "draft_superseded", "not_yet_in_force", "amended", "repealed", "expired",
            "unknown")
SHELVES = ("local", "law")
LAW_FOLDER = "_law"
_PLAIN = (".txt", ".md")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def folders(corpus: Path) -> tuple[Path, ...]:
    """Return the document folders of a corpus in a fixed order; raises CorpusError when there is no such folder."""
    if not corpus.is_dir():
        raise CorpusError(f"找不到语料目录 {corpus}，请用 --corpus 指明。")
    local = sorted(p for p in corpus.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))
    law = corpus / LAW_FOLDER
    return (*local, *(sorted(p for p in law.iterdir() if p.is_dir()) if law.is_dir() else ()))


def load(folder: Path) -> SourceDocument:
    """Return the document of one folder; raises CorpusError or ReadError with what to do."""
    meta = read_meta(folder)
    path = folder / meta.file
    if not path.is_file():
        raise CorpusError(f"{folder.name}：meta.toml 写的文件 {meta.file} 不在该目录里，请补上文件或改正 file。")
    refuse_large(path.stat().st_size, path.name)
    data = path.read_bytes()
    issues = []
    if meta.sha256 and hashlib.sha256(data).hexdigest() != meta.sha256:
        issues.append(Issue("sha256_differs", f"{meta.file} 的内容与 meta.toml 记录的 sha256 不一致"))
    found = _reading(path, data)
    return SourceDocument(meta, found.text, (*issues, *found.issues), found.pages)


def read_meta(folder: Path) -> Meta:
    """Return the metadata of a folder; raises CorpusError naming the key to mend."""
    path = folder / "meta.toml"
    if not _ID.fullmatch(folder.name):
        raise CorpusError(f"{folder.name}：目录名只能用小写字母、数字和连字符，请改名。")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CorpusError(f"{folder.name}：缺少 meta.toml，请照 docs/corpus.md 补写。") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{folder.name}：meta.toml 不是有效的 TOML（{error}），请改正后重试。") from None
    try:
        meta = msgspec.convert({"id": folder.name, **_plain(values)}, Meta)
    except msgspec.ValidationError as error:
        raise CorpusError(f"{folder.name}：meta.toml 有误（{error}），请改正后重试。") from None
    return _checked(folder, meta)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(v) if isinstance(v, dict) else v.date() if isinstance(v, datetime) else v
            for key, v in values.items() if key != "id"}


def _checked(folder: Path, meta: Meta) -> Meta:
    if meta.status not in STATUSES:
        raise CorpusError(f"{folder.name}：meta.toml 的 status“{meta.status}”不认识，可用：{'、'.join(STATUSES)}。")
    if meta.shelf not in SHELVES:
        raise CorpusError(f"{folder.name}：meta.toml 的 shelf“{meta.shelf}”不认识，可用：local、law。")
    if Path(meta.file).name != meta.file:
        raise CorpusError(f"{folder.name}：meta.toml 的 file 只能是文件名，不能带路径。")
    evidence = meta.status_evidence
    if meta.status == "in_force" and not (evidence and evidence.checked_on and evidence.checked_source):
        raise CorpusError(f"{folder.name}：status = in_force 需要 status_evidence 里的 checked_on 和 checked_source。")
    in_law_folder = folder.parent.name == LAW_FOLDER
    if in_law_folder != (meta.shelf == "law"):
        raise CorpusError(f"{folder.name}：shelf = law 的文件要放在 corpus/_law/ 下，其他文件不放在那里。")
    return meta


def text_of(path: Path, data: bytes) -> str:
    """Return the text of a file, read in this process by what its bytes are; raises ReadError."""
    return read_bytes(data, name=path.name).text


def _reading(path: Path, data: bytes) -> Reading:
    """Return what a file says: plain text is read in this process, all else in one of its own; raises ReadError.

    A plain text without words is a document without provisions.
    """
    if path.suffix.lower() in _PLAIN:
        if not data.strip():
            return Reading(decode(data, name=path.name))
        if kind_of(data, name=path.name) == TEXT:
            return read_bytes(data, name=path.name)
    return isolated.read(path.resolve())
