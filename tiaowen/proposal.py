"""What adding a file would change: its id and metadata, the texts of the same work, and what they would say of each other.

Guarantees: nothing is written; the same bytes are refused with the name of the first; ids are unique; whatever is joined or set
because of another text is listed, for a person to confirm.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tiaowen.errors import CorpusError, TiaowenError, UsageError
from tiaowen.metafile import Value
from tiaowen.model import Meta, StatusEvidence, Successor
from tiaowen.parse.citation import title
from tiaowen.parse.issuers import NATION
from tiaowen.parse.source import LAW_FOLDER, folders, load, read_meta
from tiaowen.parse.titles import same_title
from tiaowen.parse.versions import REVISING, like_work, same_work, version_day
from tiaowen.rules import rows, table
from tiaowen.trial import Trial, read

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_LONGEST_ID = 60
_KEPT = ("repealed", "expired")

Changes = dict[str, Value | None]


@dataclass(frozen=True, slots=True)
class Change:
    """Values to be set in the meta.toml of a held text, and why."""

    id: str
    folder: Path
    values: Mapping[str, Value | None]
    why: str


@dataclass(frozen=True)
class Proposal:
    """A file as it would be added. `joined` are the texts of the same work, `similar` those that a person may want to join."""

    trial: Trial
    folder: Path
    joined: tuple[Meta, ...] = ()
    similar: tuple[Meta, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def meta(self) -> Meta:
        """Return the metadata as it would be written."""
        return self.trial.document.meta


@dataclass(frozen=True)
class Held:
    """A document of the corpus: its folder and metadata."""

    folder: Path
    meta: Meta
    years: dict[str, int | None] = field(default_factory=dict)

    def newest_year(self) -> int | None:
        """Return the newest year that its text names, None where it names none or cannot be read."""
        if "newest" not in self.years:
            try:
                self.years["newest"] = newest_year(load(self.folder).raw)
            except TiaowenError:
                self.years["newest"] = None
        return self.years["newest"]


def propose(path: Path, corpus: Path, *, today: date, identity: str | None = None, shelf: str = "local",
            given: Mapping[str, Value] | None = None, also: Sequence[Proposal] = ()) -> Proposal:
    """Return what adding `path` would do; `also` are proposals of the same call, as good as held.

    Raises ReadError where the file cannot be read, CorpusError where its bytes are held already, UsageError for a bad id.
    """
    held = [*_held(corpus), *(Held(p.folder, p.meta) for p in also)]
    _refuse_twice(path, held, also)
    trial = read(path, today=today, shelf=shelf, given=given)
    meta = replace(trial.document.meta, id="")
    meta = replace(meta, id=_identity(meta, held, identity), aliases=_aliases(meta, [h.meta for h in held]))
    meta, joined, changes = _joined(meta, trial, held, today, given or {})
    similar = tuple(h.meta for h in held if h.meta.shelf == shelf and like_work(meta, h.meta) and h.meta not in joined)
    folder = (corpus / LAW_FOLDER if shelf == "law" else corpus) / meta.id
    trial = replace(trial, document=replace(trial.document, meta=meta))
    warnings = _warnings(meta, trial, joined, similar)
    return Proposal(trial, folder, joined, similar, changes, warnings)


def _held(corpus: Path) -> list[Held]:
    out = []
    for folder in folders(corpus):
        try:
            out.append(Held(folder, read_meta(folder)))
        except TiaowenError:
            continue
    return out


def _refuse_twice(path: Path, held: Iterable[Held], also: Sequence[Proposal]) -> None:
    try:
        data = path.read_bytes()
    except OSError:
        return
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    for one in held:
        file = one.folder / one.meta.file
        same = file.is_file() and file.stat().st_size == size and file.read_bytes() == data
        if same or any(p.meta.id == one.meta.id and p.trial.sha256 == digest for p in also):
            raise CorpusError(f"{path.name} 已经收录：{one.meta.id} {title(one.meta)}，内容完全相同，没有再加一份。")


# -- id and short names


def _identity(meta: Meta, held: Sequence[Held], wanted: str | None) -> str:
    taken = {h.meta.id for h in held} | {h.folder.name for h in held}
    if wanted:
        if not _ID.fullmatch(wanted):
            raise UsageError(f"编号“{wanted}”只能用小写字母、数字和连字符，请改一个。")
        if wanted in taken:
            raise UsageError(f"编号“{wanted}”已经有了，请换一个。")
        return wanted
    for candidate in _candidates(meta):
        if candidate not in taken:
            return candidate
    base = next(iter(_candidates(meta)))
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def _candidates(meta: Meta) -> list[str]:
    """place-kind-year, then the title spelled out."""
    words = table("detect")["id_words"]
    kind = next((words[k] for k in sorted(words, key=lambda k: -meta.title.rfind(k)) if k in meta.title), None)
    place = "national" if meta.region == NATION else spelled(_short_place(meta.region or "")).replace("-", "")
    day = version_day(meta)
    tail = "draft" if meta.stage else str(day.year) if day else ""
    spelled_title = spelled(meta.title.removeprefix("中华人民共和国")) or "document"
    parts = [p for p in (place, kind, tail) if p]
    out = ["-".join(parts)] if place and kind and meta.shelf == "local" else []
    return [*out, "-".join(p for p in (spelled_title[:_LONGEST_ID].rstrip("-"), tail) if p)]


def spelled(words: str) -> str:
    """Return words in Latin letters, one syllable a character; only small letters, digits and hyphens."""
    from pypinyin import lazy_pinyin

    letters = "-".join(part.lower() for part in lazy_pinyin(words, errors=lambda other: "-".join(re.findall(r"[A-Za-z0-9]+", other))))
    return re.sub(r"[^a-z0-9-]|(?<=-)-+|^-|-$", "", letters)


def _short_place(path: str) -> str:
    """广东省/广州市/越秀区 -> 越秀: the short name of the table, else the last part without its kind."""
    row = next((r for r in rows("places", "place") if r["path"] == path and r.get("name")), None)
    last = path.rpartition("/")[2]
    return str(row["name"]) if row else re.sub(r"(?:省|市|县|区|州|旗|自治区)$", "", last) if len(last) > 2 else last


def _aliases(meta: Meta, held: Sequence[Meta]) -> tuple[str, ...]:
    """Short names under which a question may call the text, none that another text goes by."""
    if meta.title.startswith("中华人民共和国"):
        wanted = [meta.title.removeprefix("中华人民共和国")]
    elif meta.region and meta.region != NATION:
        places = (_short_place(meta.region), meta.region.rpartition("/")[2])
        wanted = [f"{place}{kind}" for kind in _kinds(meta.title) for place in places]
    else:
        wanted = []
    taken = {name for m in held for name in (*m.aliases, m.title)}
    return tuple(name for name in dict.fromkeys(wanted) if name not in taken and name != meta.title)


def _kinds(title: str) -> list[str]:
    """…若干规定 -> 若干规定, 规定: the words by which people call the kind of a text."""
    kind = next((k for k in table("detect")["id_words"] if title.endswith(k)), None)
    longer = re.search(rf"(?:若干|实施|暂行){kind}$", title) if kind else None
    return [k for k in (longer[0] if longer else None, kind) if k]


# -- other texts of the same work


def newest_year(text: str) -> int | None:
    """Return the newest year that a text names."""
    return max((int(year) for year in _YEAR.findall(text)), default=None)


def _joined(meta: Meta, trial: Trial, held: Sequence[Held], today: date,
            given: Mapping[str, Value]) -> tuple[Meta, tuple[Meta, ...], tuple[Change, ...]]:
    """Join the texts of one work, and say which replaced which."""
    wanted = given.get("work")
    joined = [h for h in held if h.meta.shelf == meta.shelf
              and (wanted in (h.meta.work, h.meta.id) if wanted else same_work(meta, h.meta))]
    if not joined:
        return meta, (), ()
    work = next((h.meta.work for h in joined if h.meta.work), joined[0].meta.id)
    meta = replace(meta, work=work)
    new = Held(trial.path.parent, meta, {"newest": newest_year(trial.document.clean.text)})
    changes: list[Change] = []
    later = [one for one in joined if replaces(one, new)]
    if later and meta.successor is None:
        meta = _with_successor(meta, max(later, key=lambda one: str(version_day(one.meta) or "")).meta, today)
    for one in joined:
        values: Changes = {} if one.meta.work == work else {"work": work}
        why = "同一文件的不同文本"
        if replaces(new, one):
            values |= _not_yet_said(one.meta, _replaced(one.meta, meta, today))
            why = f"已有{title(meta)}"
        if values:
            changes.append(Change(one.meta.id, one.folder, values, why))
    return meta, tuple(h.meta for h in joined), tuple(changes)


def replaces(later: Held, earlier: Held) -> bool:
    """Tell whether a text is known to have replaced another: a final text its draft, a later version the one before.

    A draft that names a year after the final text's is no draft of it; the draft of a revision needs such a year to be joined.
    """
    if later.meta.stage is not None or earlier.meta.status in _KEPT:
        return False
    day, before = version_day(later.meta), version_day(earlier.meta)
    if earlier.meta.stage is None:
        return bool(day and before and before < day)
    newest = before.year if before else earlier.newest_year()
    if day and newest:
        return newest <= day.year and (not REVISING.search(earlier.meta.stage) or later.meta.dates.amended is not None)
    return not REVISING.search(earlier.meta.stage)


def _replaced(old: Meta, new: Meta, today: date) -> Changes:
    """What the meta.toml of a replaced text must say."""
    values: Changes = {"status": "draft_superseded" if old.stage else "amended", "successor.title": new.title}
    if version_day(new):
        values["successor.adopted"] = new.dates.amended or new.dates.adopted or new.dates.issued or today
    values["successor.in_force"] = _own_start(new)
    return values | {"status_evidence.checked_on": today, "status_evidence.checked_source": f"本库收录的{title(new)}"}


def _not_yet_said(old: Meta, values: Changes) -> Changes:
    """Leave a meta.toml alone that names the same successor already, or a later one: a person has checked it."""
    later = old.successor
    if later is None or old.status != values["status"] or not same_title(later.title, str(values["successor.title"])):
        return values
    pairs = [(getattr(later, key), values.get(f"successor.{key}")) for key in ("adopted", "in_force")]
    newer = [str(said) < str(known) for said, known in pairs if said and known]
    return values if newer and newer[0] else {}


def _own_start(meta: Meta) -> date | None:
    """The day of coming into force, where it is this version's own: the last article of an amended text names the first one's."""
    day, start = version_day(meta), meta.dates.in_force
    return None if start and day and start < day else start


def _with_successor(meta: Meta, final: Meta, today: date) -> Meta:
    values = _replaced(meta, final, today)
    evidence = meta.status_evidence or StatusEvidence()
    later = Successor(final.title, final.dates.amended or final.dates.adopted or final.dates.issued, _own_start(final))
    return replace(meta, status=str(values["status"]), successor=later,
                   status_evidence=replace(evidence, checked_on=today, checked_source=str(values["status_evidence.checked_source"])))


# -- what to look at before confirming


def _warnings(meta: Meta, trial: Trial, joined: Sequence[Meta], similar: Sequence[Meta]) -> tuple[str, ...]:
    out = []
    if trial.detected.get("title") is None:
        out.append("正文里没有认出标题，暂用文件名；请用 --set title=… 写明。")
    if not meta.region:
        out.append("没有认出适用地区，回答时无法判断对谁适用；请用 --set region=省/市/县 写明。")
    if meta.status == "unknown":
        out.append("正文没有写明状态，将显示“状态未注明”。")
    for other in joined:
        if other.stage == meta.stage and version_day(other) == version_day(meta):
            out.append(f"与 {other.id} {title(other)} 的标题、稿本、日期都相同，可能是同一文本的另一种格式，请核实。")
    out += [f"{m.id} {title(m)} 的标题相近；若是同一文件的其他文本，请加 --set work={m.work or m.id}。" for m in similar]
    if meta.shelf == "law" and meta.title not in {row["law"] for row in rows("pointers", "pointer")}:
        out.append("上位法提示表里没有这部法律：收录后可以查阅，但没有提示会换成它的原文。")
    return tuple(out)
