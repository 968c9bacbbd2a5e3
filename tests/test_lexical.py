import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from tiaowen.index import lexical
from tiaowen.index.tokens import bigrams, fold, tokens, words
from tiaowen.model import Document

words_ = st.sampled_from([*"甲乙丙丁戊己庚", "报告", "立即", "学校", "12345"])
corpora = st.lists(st.lists(words_, min_size=1, max_size=12), min_size=1, max_size=12)


@given(corpora, st.lists(words_ | st.just("没有的词"), max_size=6))
def test_scores_are_those_of_rank_bm25(corpus: list[list[str]], query: list[str]) -> None:
    ours = lexical.build(corpus).scores({t: float(query.count(t)) for t in query})
    theirs = BM25Okapi(corpus).get_scores(query) if query else np.zeros(len(corpus))
    assert np.allclose(ours, theirs, atol=1e-4), f"{corpus} {query}: {ours} {theirs}"


def test_scores_on_real_provisions(documents: dict[str, Document]) -> None:
    from tiaowen.index.passages import passages

    corpus = [tokens(f"{p.path}\n{p.text}") for p in passages(documents["hunan-measures-draft"])]
    built, oracle = lexical.build(corpus), BM25Okapi(corpus)
    for question in ("向谁报告疑似性侵", "旅馆接待未成年人入住要问什么", "学生欺凌", "五个工作日", ""):
        query = tokens(question)
        ours = built.scores({t: float(query.count(t)) for t in query})
        assert np.allclose(ours, oracle.get_scores(query), atol=1e-4), question


def test_an_empty_passage_and_an_empty_index() -> None:
    assert lexical.build([]).scores({"甲": 1.0}).shape == (0,)
    assert lexical.build([[], []]).scores({"甲": 1.0}).tolist() == [0.0, 0.0]
    assert lexical.build([["甲"], []]).scores({"甲": 1.0}).shape == (2,)


def test_weights_multiply() -> None:
    built = lexical.build([["甲", "乙"], ["丙"], ["丁", "甲"]])
    assert np.allclose(built.scores({"甲": 2.0}), 2 * built.scores({"甲": 1.0}))


@pytest.mark.parametrize(("text", "folded"), [
    ("ＡＢ（１２）：", "ab(12):"), ("　", " "), ("第５５条", "第55条"), ("①㈠", "①㈠"), ("İ", "İ"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text), repr(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("强制报告", ["强制", "制报", "报告"]), ("向未成年人提供", ["向", "提供"]), ("未成年人", []), ("一", ["一"]), ("12345热线", ["热线"]),
])
def test_bigrams(text: str, expected: list[str]) -> None:
    assert list(bigrams(text)) == expected


@pytest.mark.parametrize(("text", "whole"), [
    ("小时内向公安报告", "公安"), ("落实强制报告制度", "强制报告"), ("困境儿童保障", "困境儿童"), ("未成年人保护", "未成年人"),
])
def test_words_of_the_subject_stay_whole(text: str, whole: str) -> None:
    assert whole in words(text), words(text)


def test_a_minor_is_one_token() -> None:
    found = tokens("未成年人受到侵害")
    assert found.count("未成年人") == 1
    assert not {"未成", "成年", "年人", "人受"} & set(found)


@given(st.one_of(st.text(max_size=60), st.text(alphabet="未成年人学校报告。；\n\r 12.aB０，一", max_size=60)))
def test_a_text_is_cut_as_its_sentences_are(text: str) -> None:
    from tiaowen.index.segment import segmenter

    assert words(text) == tuple(segmenter().lcut(fold(text))), repr(text)


def test_the_provisions_are_cut_as_their_sentences_are(documents: dict[str, Document]) -> None:
    from tiaowen.index.segment import segmenter

    for document in documents.values():
        assert words(document.clean.text) == tuple(segmenter().lcut(fold(document.clean.text))), document.meta.id
