"""How much a file may cost: sizes, pages, memory, and seconds without progress."""

from collections.abc import Callable

Step = Callable[[float], None]
"""Called when a piece of work begins, with the most seconds that it may take."""

MEBIBYTE = 1 << 20
FILE = 100 * MEBIBYTE
EXPANDED = 200 * MEBIBYTE
MEMBERS = 5000
CHARACTERS = 5_000_000
PAGES = 2000
SCANS = 300
MEMORY = 1024 * MEBIBYTE
MEMORY_LARGE = 6 * 1024 * MEBIBYTE  # recognition and LibreOffice map far more than they use
STEP_SECONDS = 10.0
PAGE_SECONDS = 60.0
OFFICE_SECONDS = 60.0
TOTAL_SECONDS = 300.0


def no_step(seconds: float) -> None:
    """Report progress to nobody: for readers that run in this process."""
