import gzip
import io
import json
import tarfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from eval import bench_stard
from tests.conftest import ENCODER
from tiaowen.index import dense, lexical
from tiaowen.index.tokens import tokens
from training.bags import Bags, Numbering, bags
from training.lexical import Lexical
from training.measure import best, embed, judge, mixed
from training.sources import Article, Question, Sources, read_sources

shipped = pytest.mark.skipif(not ENCODER.is_dir(), reason="models/encoder is missing")
TEXTS = ("旅馆接待未成年人入住，应当询问父母的联系方式。", "禁止向未成年人销售烟酒。", "学校应当开展安全教育。",
         "网吧不得允许未成年人进入。", "船舶应当悬挂国旗。", "出租车应当打表计费。")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "stard").mkdir()
    rows = [{"id": i, "name": f"某{'甲乙'[i % 2]}法第{'一二三四五六'[i]}条", "content": text} for i, text in enumerate(TEXTS)]
    packed = gzip.compress("\n".join(json.dumps(row) for row in rows).encode())
    (tmp_path / "stard" / "corpus.jsonl.gz").write_bytes(packed)
    asked = [{"id": 1, "question": "小孩住旅馆要问父母吗", "gold": [0]}, {"id": 2, "question": "能卖烟酒给小孩吗", "gold": [1]}]
    (tmp_path / "stard" / "queries.train.jsonl").write_text("\n".join(json.dumps(row) for row in asked), "utf-8")
    (tmp_path / "stard" / "answers.train.jsonl").write_text("", "utf-8")
    law = "# 某丙法\n\n第一条 为了保护，制定本法。\n".encode()
    with tarfile.open(tmp_path / "laws-national.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("laws/某丙法.md")
        member.size = len(law)
        tar.addfile(member, io.BytesIO(law))
    return tmp_path


@shipped
def test_the_product_s_index_is_built_timed_and_searched(data: Path, tmp_path: Path) -> None:
    encoder = dense.load(str(ENCODER))
    said = "\n".join(bench_stard.lines(read_sources(data), encoder, tmp_path / "index"))
    assert "index of 6 articles" in said
    assert "query side of 2 questions" in said
    assert "R@10 1.000" in said
    generation = bench_stard.store.open_current(tmp_path / "index")[0]
    assert bench_stard.ranked(generation, encoder, "小孩住旅馆要问父母吗")[0] == 0


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_stard.main([str(tmp_path)]) == 2
    assert "laws-national.tar.gz、stard/corpus.jsonl.gz" in capsys.readouterr().err


@shipped
def test_the_channels_of_the_cross_check_are_those_of_the_product() -> None:
    encoder = dense.load(str(ENCODER))
    assert isinstance(encoder, dense.StaticEncoder)
    numbering = Numbering(1)
    articles = numbering.number(TEXTS)
    asked = numbering.number(["小孩住旅馆，旅馆要问父母吗"])[0]
    table = np.array([encoder.vocabulary.get(name, 0) for name in numbering.known])
    ours = embed(np.asarray(encoder.rows, np.float32), articles.through(table))
    assert np.abs(ours - encoder.encode(TEXTS)).max() < 1e-5
    product = lexical.build([tokens(text) for text in TEXTS])
    named = list(numbering.known)
    weights: dict[str, float] = {}
    for number in asked:
        weights[named[number]] = weights.get(named[number], 0.0) + 1.0
    assert np.abs(Lexical(articles, len(named)).scores(asked) - product.scores(weights)).max() < 1e-4


@pytest.mark.parametrize(("gold", "expected"), [
    ({0}, (1, 1, 1, 1)), ({1}, (1, 1, 1 / 2, 1 / np.log2(3))), ({0, 150}, (.5, .5, 1, 1 / (1 + 1 / np.log2(3)))),
    ({10}, (0, 1, 0, 0)), ({100}, (0, 0, 0, 0)),
])
def test_the_measures_of_one_ranking(gold: set[int], expected: tuple[float, ...]) -> None:
    assert judge(np.arange(200, 0, -1, dtype=np.float32), frozenset(gold)) == pytest.approx(expected)


def test_a_mixture_spreads_both_channels_and_ranks_few_documents_too() -> None:
    words, near = np.array([0, 5, 10], np.float32), np.array([.6, .4, .5], np.float32)
    assert mixed(words, near, 0.5) == pytest.approx([.5, .25, .75])
    assert best(mixed(words, near, 0.5)).tolist() == [2, 0, 1]


@pytest.mark.xdist_group("torch")
def test_no_law_asked_in_a_turn_is_an_answer_in_its_training() -> None:
    from training.crosscheck import by_laws

    articles = tuple(Article(f"第{i}号法", "", "文") for i in range(30))
    questions = tuple(Question("问", gold) for gold in [*((i,) for i in range(30)), (0, 1), (2, 3, 4)])
    turns = by_laws(Sources(articles, 30, questions))
    for turn, (use, test) in enumerate(turns):
        asked = {articles[a].law for q in test for a in questions[q].gold}
        learned = {articles[a].law for q in use for a in questions[q].gold}
        assert asked
        assert {zlib.crc32(law.encode()) % 3 for law in asked} == {turn}
        assert not asked & learned


@pytest.mark.xdist_group("torch")
@pytest.mark.parametrize(("goods", "expected"), [
    ((6, 1, 1), (1, 1, 1)),  # turns 2 and 3 hear two voices: the cautious weight is not clearly worse
    ((6, 6, 1), (1, 1, 6)),  # both others of turn 3 ask for the great weight
    ((3, 3, 3), (3, 3, 3)),
])
def test_the_weight_of_a_turn_is_the_most_cautious_that_the_others_allow(goods: tuple[int, ...], expected: tuple[int, ...]) -> None:
    from training.crosscheck import WEIGHTS, chosen

    turns = [np.zeros((4, 2 + len(WEIGHTS), 4), np.float32) for _ in goods]
    for turn, good in zip(turns, goods, strict=True):
        turn[:, 2 + good, :] = 0.5 + good / 100
    picked, weights = chosen(turns)
    assert weights == [WEIGHTS[k] for k in expected]
    for figures, good, taken in zip(picked, goods, expected, strict=True):
        assert round(float(figures.mean()), 2) == (0.5 + good / 100 if good == taken else 0.0)


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    from training.crosscheck import cell, interval

    few = np.tile(np.array([0, 1], np.float32), 10)
    low, high = interval(few, 1)
    assert low < 0.5 < high
    wide = high - low
    low, high = interval(np.tile(few, 100), 1)
    assert high - low < wide / 5
    assert cell(np.ones(5, np.float32), 1) == "1.000 (1.000–1.000)"


def test_bags_keep_borders_when_numbers_are_dropped() -> None:
    packed = bags([np.array([1, 2]), np.array([2]), np.array([3, 1])])
    kept = packed.through(np.array([0, 5, 0, 6]))
    assert isinstance(kept, Bags)
    assert [kept[i].tolist() for i in range(len(kept))] == [[5], [], [6, 5]]
