"""Trial reading: everything a file would become, before anything is stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tiaowen.check import findings
from tiaowen.duty.frames import frames
from tiaowen.errors import ReadError, UsageError
from tiaowen.metafile import Value
from tiaowen.model import Dates, Document, DutyFrame, Issue, Meta, SourceDocument, StatusEvidence, Successor
from tiaowen.parse.clean import clean
from tiaowen.parse.detect import detect
from tiaowen.parse.document import coverage, parse
from tiaowen.parse.found import Detected, to_date
from tiaowen.parse.source import SHELVES, STATUSES
from tiaowen.read import isolated

MOST_BYTES = 50 * 1024 * 1024
DATED = ("dates.issued", "dates.adopted", "dates.in_force", "dates.amended", "status_evidence.checked_on", "successor.adopted", "successor.in_force")
SETTABLE = ("title", "document_number", "issuer", "level", "region", "stage", "status", "work", "status_evidence.quote",
            "status_evidence.checked_source", "successor.title", *DATED)


@dataclass(frozen=True)
class Trial:
    """What a file would become: what it says of itself, the parsed document, its duties, and what is odd."""

    path: Path
    sha256: str
    detected: Detected
    document: Document
    duties: tuple[DutyFrame, ...]
    coverage: float
    findings: tuple[Issue, ...]


def settings(pairs: Mapping[str, str]) -> dict[str, Value]:
    """Return what an operator sets by hand, checked; raises UsageError that names what is wrong."""
    out: dict[str, Value] = {}
    for key, value in pairs.items():
        if key not in SETTABLE:
            raise UsageError(f"--set 不认识“{key}”，可以写：{'、'.join(SETTABLE)}。")
        day = to_date(value) if key in DATED else None
        if key in DATED and day is None:
            raise UsageError(f"--set {key} 要写日期，例如 {key}=2021-06-01。")
        if key == "status" and value not in STATUSES:
            raise UsageError(f"--set status 不认识“{value}”，可以写：{'、'.join(STATUSES)}。")
        out[key] = day or value
    return out


def read(path: Path, *, today: date, identity: str = "trial", shelf: str = "local", given: Mapping[str, Value] | None = None) -> Trial:
    """Return what a file would become; stores nothing. Raises ReadError, one sentence, where it cannot be read.

    `given` holds what an operator knows better than the text, under the keys of meta.toml (`dates.issued`).
    """
    data = _bytes(path)
    found = isolated.read(path.resolve())
    cleaned = clean(found.text, suffix=path.suffix.lower().lstrip("."))
    if not cleaned.text.strip():
        raise ReadError(f"{path.name}：没有读到文字，请确认不是空文件或扫描图片，或者另存为 txt 再试。")
    known = detect(cleaned.text, today=today)
    digest = hashlib.sha256(data).hexdigest()
    if shelf not in SHELVES:
        raise UsageError(f"书架“{shelf}”不认识，可用：{'、'.join(SHELVES)}。")
    meta = meta_of(known, identity=identity, file=path.name, sha256=digest, shelf=shelf, given=given or {})
    source = SourceDocument(meta, found.text, found.issues, found.pages)
    document = parse(source)
    share = coverage(source, document)
    return Trial(path, digest, known, document, tuple(frames(document)), share, tuple(findings(document, share, today=today)))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ReadError(f"{path.name}：文件有 {size // 1024 // 1024} MB，超过 {MOST_BYTES // 1024 // 1024} MB，请拆开或压缩图片后再试。")
        data = path.read_bytes()
    except OSError:
        raise ReadError(f"{path}：打不开这个文件，请检查路径和权限。") from None
    if not data:
        raise ReadError(f"{path.name}：是空文件，请换一份。")
    return data


def meta_of(known: Detected, *, identity: str, file: str, sha256: str, shelf: str, given: Mapping[str, Value]) -> Meta:
    """Return the metadata that a text states, with what was given by hand on top; absent is absent."""
    status = known.get("status")
    meta = Meta(
        identity, file, known.words("title") or Path(file).stem, sha256=sha256, document_number=known.words("document_number"),
        issuer=known.words("issuer"), level=known.words("level"), region=known.words("region"), shelf=shelf, stage=known.words("stage"),
        status=str(status.value) if status else "unknown",
        status_evidence=StatusEvidence(" ".join(status.quote.split())) if status else None,
        dates=Dates(known.day("issued"), known.day("adopted"), known.day("in_force"), known.day("amended")))
    return with_given(meta, given)


def with_given(meta: Meta, given: Mapping[str, Value]) -> Meta:
    """Return metadata with values set under the keys of meta.toml; an own status drops the words that proved another."""
    plain = {key: value for key, value in given.items() if "." not in key}
    if "status" in plain and plain["status"] != meta.status:
        meta = replace(meta, status_evidence=None)
    meta = replace(meta, **plain)  # type: ignore[arg-type]
    for table, empty in (("dates", meta.dates), ("status_evidence", meta.status_evidence or StatusEvidence()), ("successor", meta.successor or Successor(""))):
        inner = {key.partition(".")[2]: value for key, value in given.items() if key.startswith(f"{table}.")}
        if inner:
            meta = replace(meta, **{table: replace(empty, **inner)})  # type: ignore[arg-type]
    return meta
