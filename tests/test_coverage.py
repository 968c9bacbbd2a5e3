import io
import tarfile
from pathlib import Path

import pytest

from eval.coverage import Read, files, independent, lines, read

LAW = "# 某法\n\n## 第一章 总 则\n\n第一条 为了保护，依照第三条 的规定。\n\n第一百零二条之一 学校应当报告。\n\n第9条 附则。\n"
NOTICE = "# 某通知\n\n## 一、要求\n\n（一）甲。\n\n二、时限。\n"


@pytest.mark.parametrize(("text", "expected"), [
    (LAW, (True, ("1", "102-1", "9"))),
    (NOTICE, (False, ("1", "2"))),
    ("某批复\n没有编号。\n", (False, ())),
])
def test_the_independent_count(text: str, expected: tuple[bool, tuple[str, ...]]) -> None:
    assert independent(text) == expected
    made = read(("甲/某法.md", text.encode()))
    assert (made.found, made.covered, made.error) == (expected[1], 1.0, "")


def test_a_folder_and_an_archive_hold_the_same(tmp_path: Path) -> None:
    (tmp_path / "laws" / "法").mkdir(parents=True)
    for name, text in {"法/某法.md": LAW, "通知.md": NOTICE, "_index.md": "x", "某模版.md": "x", "说明.txt": "x"}.items():
        (tmp_path / "laws" / name).write_text(text, encoding="utf-8")
    with tarfile.open(tmp_path / "laws.tar.gz", "w:gz") as tar:
        for path in sorted((tmp_path / "laws").rglob("*.*")):
            data = path.read_bytes()
            info = tarfile.TarInfo(path.relative_to(tmp_path / "laws").as_posix())
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    assert list(files(tmp_path / "laws")) == list(files(tmp_path / "laws.tar.gz"))
    assert [name for name, _ in files(tmp_path / "laws")] == ["法/某法.md", "通知.md"]


def test_a_difference_and_an_exception_are_shown() -> None:
    results = [Read("a.md", True, ("1", "2", "3"), ("1", "3"), 1.0, 0.0), Read("b.md", True, ("1", "2"), ("2", "1"), 1.0, 0.0),
               read(("c.md", b"\x00\x01")), Read("d.md", False, ("1",), ("1",), 1.0, 0.0)]
    shown = list(lines(results, 1.0))
    assert "| a.md | 3 | 2 | 2 | – | 1.0000 |" in shown
    assert "| b.md | 2 | 2 | order | order | 1.0000 |" in shown
    assert any("c.md" in line and "ReadError" in line for line in shown)
    assert shown[-1].startswith("files 4 (1 without articles), articles 4, exceptions 1, files with a difference 2, coverage 75.00%")
