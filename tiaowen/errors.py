"""One exception for each thing a person can do something about.

Messages are one Chinese sentence that says what to do; they reach the user as they are.
"""


class TiaowenError(Exception):
    """Base of every error that is shown to a person."""


class CorpusError(TiaowenError):
    """A document folder cannot be used: broken meta.toml, missing file, missing key."""


class ReadError(TiaowenError):
    """A file cannot be turned into text."""


class IndexMissingError(TiaowenError):
    """There is no index to answer from."""


class IndexDamagedError(TiaowenError):
    """A generation's files do not match its manifest."""


class EncoderError(TiaowenError):
    """The encoder is missing, unreadable, or not the one that built the index."""


class UsageError(TiaowenError):
    """The call names something that does not exist, such as an unknown document id."""
