"""How much a file may cost: sizes, pages, memory, and seconds without progress."""

from collections.abc import Callable
from contextlib import suppress

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
MEMORY_LARGE = 6 * 1024 * MEBIBYTE
STEP_SECONDS = 10.0
PAGE_SECONDS = 120.0  # to recognise one page: 7 s alone on a core, half a minute on a busy machine
OFFICE_SECONDS = 60.0
TOTAL_SECONDS = 300.0


def set_limits() -> None:
    """Bound this process's memory, written files and core dumps, where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for what, soft, hard in ((resource.RLIMIT_AS, MEMORY, MEMORY_LARGE), (resource.RLIMIT_FSIZE, EXPANDED, EXPANDED), (resource.RLIMIT_CORE, 0, 0)):
        most = resource.getrlimit(what)[1]
        soft, hard = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, hard))


def allow_more_memory() -> None:
    """Raise a bound that `set_limits` set: recognition and LibreOffice map far more than they use."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def no_step(seconds: float) -> None:
    """Report progress to nobody: for readers that run in this process."""
