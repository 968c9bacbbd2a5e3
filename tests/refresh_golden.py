"""Golden trees and frames of the shipped corpus: `python -m tests.refresh_golden` writes them, test_golden.py compares.

Trees: one line a provision: eid, label, heading, first and last 12 characters, length, units. Frames: one line a duty, its
filled slots by name. Read the change as a diff.
"""

from pathlib import Path

from tiaowen.duty.frames import frames
from tiaowen.model import Document, DutyFrame, Provision, Slot
from tiaowen.parse.citation import text_of
from tiaowen.parse.document import parse
from tiaowen.parse.source import folders, load

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
GOLDEN = Path(__file__).resolve().parent / "golden"
SEEN = 12


def tree(document: Document) -> str:
    """Return the golden tree of a document."""
    return "".join(f"{line(p, document)}\n" for p in document.provisions)


def line(p: Provision, document: Document) -> str:
    """Return the line of one provision."""
    words = text_of(p, document).replace("\n", "⏎")
    fields = [p.eid, p.label or "-", document.cut(p.heading) if p.heading else "-", f"{words[:SEEN]} … {words[-SEEN:]}",
              str(len(words))]
    if p.units:
        lead = "、".join(document.cut(n) for n in p.units.lead) or "-"
        rest = "、".join(document.cut(n) for n in p.units.names if n not in p.units.lead) or "-"
        fields.append(f"{p.units.mode}: {lead} | {rest}")
    return "\t".join(fields)


def duties(document: Document) -> str:
    """Return the golden frames of a document."""
    return "".join(f"{duty_line(frame)}\n" for frame in frames(document))


def duty_line(frame: DutyFrame) -> str:
    """Return the line of one frame: id, place, class, then every filled slot; the unit list stands in the tree."""
    fields = [frame.id.partition("#")[2], frame.at, frame.modality]
    for name in DutyFrame.__dataclass_fields__:
        if name in ("id", "document", "provision", "at", "start", "end", "modality", "lead_units", "units", "unit_mode", "inherited"):
            continue
        value = getattr(frame, name)
        values = [v.text if isinstance(v, Slot) else str(v) for v in (value if isinstance(value, tuple) else (value,)) if v]
        words = " + ".join(v.replace("\n", "⏎") for v in values)
        if name == "bearer" and "bearer" in frame.inherited:
            words = f"← {frame.inherited['bearer'].partition('#')[2]}"
        fields += [f"{name}: {words}"] if words else []
    return "\t".join(fields)


def path(identity: str, kind: str = "tree") -> Path:
    """Return the file of a golden tree or of golden frames."""
    return GOLDEN / f"{identity}.{kind}.txt"


def main() -> None:
    """Write the tree and the frames of every shipped document of the local shelf."""
    GOLDEN.mkdir(exist_ok=True)
    for folder in folders(CORPUS):
        if folder.parent == CORPUS:
            document = parse(load(folder))
            path(document.meta.id).write_text(tree(document), encoding="utf-8")
            path(document.meta.id, "frames").write_text(duties(document), encoding="utf-8")
            print(f"{document.meta.id}: {len(document.provisions)} provisions, {len(frames(document))} frames")


if __name__ == "__main__":
    main()
