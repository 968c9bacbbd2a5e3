"""Zip containers read in memory: nothing is unpacked to disk, and nothing beyond the stated sizes.

Guarantees: the sum of the stated sizes is bounded, and a member never yields more than it states.
"""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element

from tiaowen.errors import ReadError
from tiaowen.read import limits

_ENCRYPTED = 0x1


def names(data: bytes, *, name: str) -> frozenset[str]:
    """Return the names of the members; raises ReadError for a broken archive or one that unpacks to too much."""
    with opened(data, name=name) as found:
        return frozenset(info.filename for info in found.infolist())


def opened(data: bytes, *, name: str) -> zipfile.ZipFile:
    """Return an open archive; raises ReadError where it is broken, encrypted, or too large when unpacked."""
    try:
        found = zipfile.ZipFile(io.BytesIO(data))
        members = found.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise ReadError(f"{name}：文件不完整或已损坏，请重新取得文件。") from None
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise ReadError(f"{name}：文件有密码，请先解除密码再试。")
    if len(members) > limits.MEMBERS or sum(info.file_size for info in members) > limits.EXPANDED:
        raise ReadError(f"{name}：解压后太大，可能是恶意文件，已停止读取，请核实来源。")
    return found


def member(found: zipfile.ZipFile, path: str, *, name: str) -> bytes:
    """Return the bytes of one member; raises KeyError when there is none, ReadError when it is broken."""
    info = found.getinfo(path)
    try:
        with found.open(info) as stream:
            return stream.read()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise ReadError(f"{name}：文件不完整或已损坏，请重新取得文件。") from None


def xml(found: zipfile.ZipFile, path: str, *, name: str) -> Element:
    """Return the root of an XML member; entities and document types are refused. Raises KeyError or ReadError."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    data = member(found, path, name=name)
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise ReadError(f"{name}：文件里有不该出现的 XML 定义，可能是恶意文件，已停止读取，请核实来源。") from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise ReadError(f"{name}：文件不完整或已损坏，请重新取得文件。") from None
    return root
