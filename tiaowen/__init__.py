"""tiaowen (条文): citable provisions of regulations on the protection of minors."""

__version__ = "0.1.0"
