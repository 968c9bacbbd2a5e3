"""The corpus changed: documents added or removed, then the index built; a failure leaves both as they were."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiaowen import build
from tiaowen.errors import CorpusError, TiaowenError, UsageError
from tiaowen.metafile import changed, written
from tiaowen.model import Meta
from tiaowen.parse.source import folders, load, read_meta
from tiaowen.proposal import Proposal


@dataclass
class _Undo:
    """What was done so far, so that it can be undone in reverse order."""

    made: list[Path] = field(default_factory=list)
    texts: list[tuple[Path, bytes]] = field(default_factory=list)

    def run(self) -> None:
        """Take back everything that was done."""
        for path, data in reversed(self.texts):
            _write(path, data)
        for folder in reversed(self.made):
            shutil.rmtree(folder, ignore_errors=True)


def meta_toml(meta: Meta) -> str:
    """Return the meta.toml of a document."""
    evidence, later, dates = meta.status_evidence, meta.successor, meta.dates
    return written({
        "file": meta.file, "sha256": meta.sha256, "title": meta.title, "document_number": meta.document_number, "issuer": meta.issuer,
        "aliases": meta.aliases, "level": meta.level, "region": meta.region, "shelf": meta.shelf, "work": meta.work, "stage": meta.stage,
        "status": meta.status,
        "status_evidence": {} if evidence is None else {
            "quote": evidence.quote or "", "checked_on": evidence.checked_on or "", "checked_source": evidence.checked_source or ""},
        "successor": {} if later is None else {"title": later.title, "adopted": later.adopted or "", "in_force": later.in_force or ""},
        "dates": {"issued": dates.issued or "", "adopted": dates.adopted or "", "in_force": dates.in_force or "", "amended": dates.amended or ""},
    })


def add(proposals: Sequence[Proposal], corpus: Path, index: Path) -> build.Outcome:
    """Write the proposed documents into the corpus and build the index; raises TiaowenError with corpus and index as before."""
    with _undone_on_failure() as undo:
        for proposal in proposals:
            _place(proposal, undo)
        for proposal in proposals:
            for change in proposal.changes:
                _change(change.folder / "meta.toml", dict(change.values), undo)
        for proposal in proposals:
            load(proposal.folder)
        return build.ingest(corpus, index)


def _place(proposal: Proposal, undo: _Undo) -> None:
    """Write a folder beside its place and move it there in one step."""
    folder = proposal.folder
    if folder.exists():
        raise CorpusError(f"目录 {folder} 已经存在，请用 --id 换一个编号。")
    if not folder.parent.exists():
        folder.parent.mkdir(parents=True)
        undo.made.append(folder.parent)
    staged = folder.parent / f".{folder.name}-{os.getpid()}"
    undo.made.append(staged)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    shutil.copyfile(proposal.trial.path, staged / proposal.meta.file)
    (staged / "meta.toml").write_text(meta_toml(proposal.meta), encoding="utf-8")
    staged.rename(folder)
    undo.made.append(folder)


def _change(path: Path, values: dict[str, Any], undo: _Undo) -> None:
    before = path.read_bytes()
    after = changed(before.decode("utf-8"), values).encode("utf-8")
    undo.texts.append((path, before))
    _write(path, after)


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


@contextmanager
def _undone_on_failure() -> Iterator[_Undo]:
    undo = _Undo()
    try:
        yield undo
    except OSError as error:
        undo.run()
        raise CorpusError(f"写不进语料目录（{error.strerror or error}），没有改动；请检查权限和磁盘空间。") from None
    except BaseException:
        undo.run()
        raise


@dataclass(frozen=True)
class Removal:
    """What removing a document takes away."""

    folder: Path
    meta: Meta | None
    files: tuple[str, ...]
    pointing: tuple[str, ...]


def removal(identity: str, corpus: Path) -> Removal:
    """Return what removing a document would take away; raises UsageError for an unknown id, CorpusError for the last document."""
    found = {folder.name: folder for folder in folders(corpus)}
    if identity not in found:
        raise UsageError(f"没有编号为“{identity}”的文件，现有：{'、'.join(found)}。")
    if len(found) == 1:
        raise CorpusError(f"{identity} 是最后一份文件，删掉后没有可以检索的内容；请先加入别的文件。")
    metas = [m for folder in found.values() if (m := _meta(folder))]
    own = next((m for m in metas if m.id == identity), None)
    pointing = tuple(m.id for m in metas if own and m.id != identity and ((m.work and m.work == own.work) or (m.successor and m.successor.title == own.title)))
    files = tuple(sorted(p.relative_to(found[identity]).as_posix() for p in found[identity].rglob("*") if p.is_file()))
    return Removal(found[identity], own, files, pointing)


def _meta(folder: Path) -> Meta | None:
    try:
        return read_meta(folder)
    except TiaowenError:
        return None


def remove(gone: Removal, corpus: Path, index: Path) -> build.Outcome:
    """Delete a document and build the index; the folder comes back where the index cannot be built."""
    aside = gone.folder.with_name(f".removed-{gone.folder.name}-{os.getpid()}")
    try:
        gone.folder.rename(aside)
    except OSError as error:
        raise CorpusError(f"移不动目录 {gone.folder}（{error.strerror or error}），没有改动；请检查权限。") from None
    try:
        outcome = build.ingest(corpus, index)
    except BaseException:
        aside.rename(gone.folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return outcome
