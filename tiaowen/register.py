"""The duty register: every frame as a row that can be filtered, and the duties of one role at one place.

Guarantees: rows stand in the order of the index; a filter keeps rows that hold the value and changes none of them; a duty of
mine names the role as bearer, what guides it or may include it stands apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tiaowen import eid as eids
from tiaowen import wording
from tiaowen.ask.higher import pointer_text
from tiaowen.ask.places import applicability
from tiaowen.duty import roles
from tiaowen.duty.penalties import by_duty, links
from tiaowen.export.xlsx import Sheet, workbook
from tiaowen.model import Document, DutyFrame, HigherLaw, Meta, PenaltyLink
from tiaowen.parse.citation import citation, title
from tiaowen.rules import compiled, rows

FILTERS = ("role", "modality", "recipient", "limit", "frequency", "document", "where", "area", "status")
NONE, OTHER, PERIODIC = "none", "other", "periodic"
APPLIES = ("nationwide", "local", "unknown", "elsewhere")
_CONTAINERS = ("prt", "chp", "sec", "head", "l1", "l2", "l3", "l4")


@dataclass(frozen=True, eq=False)
class Row:
    """One duty with what it is filtered by; roles and areas are ids of the tables."""

    frame: DutyFrame
    document: Document
    citation: str
    roles: tuple[str, ...]
    leads: tuple[str, ...]
    guided: tuple[str, ...]
    told: tuple[str, ...]
    area: str
    limit: str
    frequency: str

    def values(self, name: str) -> tuple[str, ...]:
        """Return what the row holds under a filter."""
        if name == "role":
            return self.roles or ((OTHER,) if self.frame.bearer else (NONE,))
        meta = self.document.meta
        return {"modality": (self.frame.modality,), "recipient": self.told, "limit": (self.limit,),
                "frequency": (self.frequency,), "document": (meta.id,), "where": (meta.region or NONE,),
                "area": (self.area,), "status": (meta.status,)}[name]


@dataclass(frozen=True)
class Penalty:
    """A provision that sanctions a duty: its citation, its eid, the amounts it prints for that duty."""

    citation: str
    eid: str
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Duties of one limit, in the order of the register, those that the role leads first."""

    limit: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Mine:
    """What one role has to do, by how a document applies to a place; then what stands apart from it."""

    own: tuple[tuple[str, tuple[Group, ...]], ...]
    guided: tuple[tuple[str, tuple[Row, ...]], ...]
    maybe: tuple[tuple[str, tuple[Row, ...]], ...]
    why: str | None
    everyone: tuple[tuple[str, tuple[Row, ...]], ...]


class Register:
    """The rows of a generation; built once, on first use."""

    def __init__(self, documents: Iterable[Document], duties: Sequence[DutyFrame]) -> None:
        """Keep what the rows are built from; nothing is read yet."""
        self._documents = {d.meta.id: d for d in documents}
        self._duties = duties
        self._links: dict[str, dict[str, tuple[PenaltyLink, ...]]] = {}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return every duty in the order of the index."""
        return tuple(_row(frame, self._documents[frame.document]) for frame in self._duties)

    def select(self, chosen: Mapping[str, str]) -> tuple[Row, ...]:
        """Return the rows that hold every chosen value; a name that is no filter is left out of account."""
        wanted = [(name, value) for name, value in chosen.items() if name in FILTERS and value]
        return tuple(row for row in self.rows if all(value in row.values(name) for name, value in wanted))

    @cached_property
    def options(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return the values that each filter can take, with their number of rows."""
        return {name: tuple(self._options(name)) for name in FILTERS}

    def _options(self, name: str) -> list[tuple[str, int]]:
        counts = Counter(value for row in self.rows for value in set(row.values(name)))
        order = {value: n for n, value in enumerate(_order(name))}
        return sorted(counts.items(), key=lambda pair: order.get(pair[0], len(order)))

    def mine(self, role: str, place: str | None) -> Mine:
        """Return the duties of a role at a place."""
        own = [row for row in self.rows if role in row.roles]
        close = roles.actors()[role].get("contact_basis")
        may = [row for row in self.rows if close and row not in own and roles.CONTACT in (*row.roles, *row.guided)]
        return Mine(
            own=tuple((name, _by_limit(found, role)) for name, found in _by_place(own, place)),
            guided=_by_place([row for row in self.rows if role in row.guided and row not in may], place),
            maybe=_by_place(may, place),
            why=next((str(b["meaning"]) for b in rows("actors", "basis") if b["id"] == close), None),
            everyone=_by_place([row for row in self.rows if roles.ANYONE in row.roles and row not in own], place),
        )

    def page_roles(self) -> tuple[str, ...]:
        """Return the roles that a person may choose: those of the table of which the documents speak."""
        there = {role for row in self.rows for role in (*row.roles, *row.guided)}
        return tuple(role for role in roles.page_roles() if role in there)

    def pointers(self, role: str) -> tuple[HigherLaw, ...]:
        """Return the pointers to laws not held whose duty names a role; the duties of a held law are rows themselves."""
        held, names = {d.meta.title for d in self._documents.values()}, {role, *roles.belongs(role)}
        found = [row for row in rows("pointers", "pointer")
                 if row["law"] not in held and names & set(_roles(roles.actors_in(str(row["who"]))))]
        return tuple(HigherLaw(row["law"], row["article"], None, pointer_text(row), row["version"], row["checked_on"], row.get("note"))
                     for row in sorted(found, key=lambda row: int(row["priority"])))

    def penalties(self, row: Row) -> tuple[Penalty, ...]:
        """Return what sanctions a duty, in document order."""
        identity = row.document.meta.id
        if identity not in self._links:
            own = [frame for frame in self._duties if frame.document == identity]
            self._links[identity] = by_duty(links(row.document, own))
        eid_of = {link.penalty: eids.unjoin(link.penalty)[1] for link in self._links[identity].get(row.frame.id, ())}
        acts = {i for link in self._links[identity].get(row.frame.id, ()) for i in link.penalties}
        return tuple(Penalty(citation(eid, row.document), eid, self._amounts(identity, eid, acts)) for eid in eid_of.values())

    def _amounts(self, identity: str, eid: str, acts: set[str]) -> tuple[str, ...]:
        found = (f for f in self._duties if f.document == identity and f.provision == eid and f.id in acts)
        return tuple(dict.fromkeys(f.amount.text for f in found if f.amount))


def role_label(role: str) -> str:
    """Return the name of a role as shown."""
    return roles.label(role) if role in roles.actors() else wording.REGISTER_OTHER[role]


def role_group(role: str) -> str:
    """Return the heading under which a role is offered: 家庭, 学校, 基层…."""
    return str(roles.actors()[role]["group"])


def option_label(name: str, value: str) -> str:
    """Return the name of a filter's value as shown, the value itself where it is its own name."""
    if name in ("role", "recipient"):
        return role_label(value)
    if value in (NONE, PERIODIC):
        return wording.REGISTER_NONE.get(name, value)
    found = (str(row["meaning"]) for table, section in _TABLES.get(name, ()) for row in rows(table, section) if row["id"] == value)
    return next(found, value)


def limit_label(limit: str) -> str:
    """Return the name of a group of limits: 立即, 及时, 有天数或月数的, 定期和频次, 没写时限."""
    return option_label("limit", limit) if limit != PERIODIC else wording.REGISTER_PERIODIC


# -- one row


_TABLES = {"area": (("areas", "area"),), "limit": (("register", "limit"),), "frequency": (("register", "frequency"),)}


def _row(frame: DutyFrame, document: Document) -> Row:
    return Row(
        frame, document, citation(frame.at, document), _roles(roles.bearers(frame)), _roles(roles.leads(frame)),
        _roles(roles.guided(frame, document.clean.text)), _roles(roles.told(frame)), area(frame.at, document),
        _limit(frame), _frequency(frame),
    )


def _roles(actors: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(roles.role_of(actor) for actor in actors))


def area(eid: str, document: Document) -> str:
    """Return the protection area that the headings above a provision name, the outermost first; else none."""
    headings: list[str] = []
    current: str | None = eid
    while current:
        provision = document.get(current)
        if provision.heading and provision.level in _CONTAINERS:
            headings.append(document.cut(provision.heading))
        current = provision.parent
    return next((found for heading in reversed(headings) if (found := area_of(heading))), NONE)


def area_of(heading: str) -> str | None:
    """Return the protection area that a heading names."""
    plain = "".join(heading.split())
    return next((str(row["id"]) for row in rows("areas", "area") if any(word in plain for word in row["words"])), None)


def _limit(frame: DutyFrame) -> str:
    return limit_of(frame.time_limit.text, frame.limit_kind) if frame.time_limit else NONE


def limit_of(words: str, kind: str | None) -> str:
    """Return the group of a limit: now, prompt, number, event, year."""
    return next((str(row["id"]) for row in rows("register", "limit")
                 if kind in row["kinds"] and compiled(row["pattern"]).search(words)), NONE)


def _frequency(frame: DutyFrame) -> str:
    return frequency_of(frame.frequency.text) if frame.frequency else NONE


def frequency_of(words: str) -> str:
    """Return the group of a frequency: count, plain."""
    return next((str(row["id"]) for row in rows("register", "frequency") if compiled(row["pattern"]).search(words)), "plain")


# -- order and groups


def _order(name: str) -> tuple[str, ...]:
    """The order of a filter's values: that of its table; else as they come."""
    if name in ("role", "recipient"):
        pages = roles.page_roles()
        return (*pages, *(i for i in roles.actors() if i not in pages), OTHER, NONE)
    if name == "modality":
        return tuple(wording.MODALITIES)
    return (*(str(row["id"]) for table, section in _TABLES.get(name, ()) for row in rows(table, section)),)


def _by_place(found: Sequence[Row], place: str | None) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(applicability(row.document.meta.region, place), []).append(row)
    return tuple((name, tuple(groups[name])) for name in APPLIES if name in groups)


def _by_limit(found: Sequence[Row], role: str) -> tuple[Group, ...]:
    order = [*(str(row["id"]) for row in rows("register", "limit")), PERIODIC, NONE]
    groups: dict[str, list[Row]] = {}
    for row in found:
        periodic = row.limit == NONE and row.frequency != NONE
        groups.setdefault(PERIODIC if periodic else row.limit, []).append(row)
    for group in groups.values():
        group.sort(key=lambda row: bool(row.frame.lead_units) and role not in row.leads)
    return tuple(Group(limit, tuple(groups[limit])) for limit in order if limit in groups)


# -- Excel


def excel(found: Sequence[Row], today: date) -> bytes:
    """Return an Excel file of some rows: the duties, and their documents with status and dates."""
    counts = Counter(row.document.meta.id for row in found)
    documents = {row.document.meta.id: row.document for row in found}
    return workbook((
        Sheet(wording.SHEET_DUTIES, wording.SHEET_DUTY, [_cells(row) for row in found]),
        Sheet(wording.SHEET_DOCUMENTS, wording.SHEET_DOCUMENT, [_facts(d, counts[i], today) for i, d in documents.items()]),
    ))


def _cells(row: Row) -> tuple[str, ...]:
    frame, meta = row.frame, row.document.meta
    several = ("recipients", "figures", "hedges")
    words = {name: wording.LIST.join(slot.text for slot in getattr(frame, name)) for name in several}
    one = {name: slot.text if (slot := getattr(frame, name)) else ""
           for name in ("bearer", "modality_word", "trigger", "time_limit", "frequency", "amount")}
    return (
        one["bearer"], wording.LIST.join(role_label(role) for role in row.values("role")), frame.modality, one["modality_word"],
        frame.action.text, one["trigger"], words["recipients"], one["time_limit"], one["frequency"], words["figures"],
        one["amount"], words["hedges"], wording.LIST.join(frame.lead_units), wording.LIST.join(frame.units),
        "" if row.area == NONE else option_label("area", row.area), _region(meta), row.citation, status_words(meta),
        eids.join(meta.id, frame.at), row.document.clean.text[frame.start : frame.end],
    )


def _facts(document: Document, count: int, today: date) -> tuple[str, ...]:
    meta, evidence = document.meta, document.meta.status_evidence
    successor = wording.SHEET_SUCCESSOR.format(
        title=meta.successor.title, in_force=_day(meta.successor.in_force),
        held=wording.HELD[meta.successor.document is not None]) if meta.successor else ""
    return (title(meta), meta.document_number or wording.UNSTATED, meta.issuer or wording.UNSTATED, _day(meta.dates.issued),
            _day(meta.dates.adopted), _day(meta.dates.in_force), _region(meta), status_words(meta),
            _day(evidence.checked_on if evidence else None), successor, str(count), str(today), wording.SHEET_NOTE)


def status_words(meta: Meta) -> str:
    """Return the status of a document in words, with the date of the check where it claims to be in force."""
    return wording.STATUS[meta.status].format(checked=_day(meta.status_evidence.checked_on if meta.status_evidence else None))


def _region(meta: Meta) -> str:
    return meta.region.replace("/", " ") if meta.region else wording.UNSTATED


def _day(value: date | None) -> str:
    return str(value) if value else wording.UNSTATED
