"""Local numbers from the operator's contacts.toml: only those with the date they were checked."""

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CONTACTS = Path("contacts.toml")
NATION = "全国"


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to call, whom it reaches, for which region, and when it was last checked."""

    name: str
    phone: str
    checked_on: date
    region: str = NATION


def contacts(region: str | None, *, path: Path | None = None) -> tuple[Contact, ...]:
    """Return the numbers for somebody in `region`; raises ValueError when the file cannot be read as TOML."""
    path = path or Path(os.environ.get("TIAOWEN_CONTACTS", CONTACTS))
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("contact", [])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ValueError(str(error)) from error
    found = (_contact(row) for row in rows if isinstance(row, dict))
    return tuple(c for c in found if c is not None and _serves(c.region, region))


def _contact(row: dict[str, object]) -> Contact | None:
    name, phone, checked = row.get("name"), row.get("phone"), row.get("checked_on")
    if not name or not phone or not isinstance(checked, date):
        return None
    return Contact(str(name), str(phone), checked, str(row.get("region") or NATION))


def _serves(served: str, region: str | None) -> bool:
    return served == NATION or region == served or bool(region and region.startswith(f"{served}/"))
