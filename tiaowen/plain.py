"""Frozen values to JSON text or plain dicts and back, by their types (msgspec)."""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_json(value: object) -> str:
    """Return `value` as compact JSON text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str | bytes, kind: type[T]) -> T:
    """Return the `kind` that `text` holds; raises msgspec.ValidationError when it does not."""
    return msgspec.json.decode(text, type=kind, strict=False)


def to_builtins(value: object) -> Any:
    """Return `value` as plain dicts, lists, strings and numbers."""
    return msgspec.to_builtins(value)
