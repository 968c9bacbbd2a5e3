"""The dictionary read on demand cuts exactly as jieba's own."""

from importlib import resources
from pathlib import Path

import jieba
import pytest

from tests.conftest import CORPUS
from tiaowen.index import segment


@pytest.fixture(scope="module")
def oracle() -> jieba.Tokenizer:
    """jieba itself, with the words of the subject."""
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for line in (resources.files("tiaowen.rules") / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            tokenizer.add_word(line.strip(), freq=20_000)
    return tokenizer


@pytest.mark.parametrize("text", ["几小时内向公安报告", "娃儿被他爸打得鼻青脸肿", "ABC 2025年12345热线，", "", "　", "龘䶮𠮷"])
def test_sentences(text: str, oracle: jieba.Tokenizer) -> None:
    assert segment.segmenter().lcut(text) == oracle.lcut(text)


def test_every_line_of_the_corpus(oracle: jieba.Tokenizer) -> None:
    lines = [line for path in sorted(CORPUS.glob("*/*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    different = [line for line in lines if segment.segmenter().lcut(line) != oracle.lcut(line)]
    assert len(lines) > 500
    assert not different


def test_a_torn_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    words, _, _ = segment._files(jieba)
    whole = words.read_bytes()
    words.write_bytes(whole[:1000])
    assert segment._files(jieba)[0].read_bytes() == whole
