import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CORPUS, FIVE
from tests.support import doc
from tiaowen.ask.query import understand
from tiaowen.ask.reference import find, resolve
from tiaowen.model import Document, Provision
from tiaowen.numerals import to_chinese
from tiaowen.parse.citation import citation
from tiaowen.parse.document import is_unit, parse
from tiaowen.parse.source import load

HELD = {identity: parse(load(CORPUS / identity)) for identity in FIVE}
HUNAN = HELD["hunan-measures-draft"]


def reach(words: str, document: Document, *, named: bool = False) -> list[str]:
    """The eids that a question reaches in one document; `named` puts the words right after its name."""
    found = find(words, after_name=0 if named else None)
    return [eid for _, eid in resolve(found, [document]).targets] if found else []


@pytest.mark.parametrize(("words", "expected"), [
    ("第五十五条", ["art_55"]), ("第55条", ["art_55"]), ("第５５条", ["art_55"]), ("第 55 条", ["art_55"]), ("第五条", ["art_5"]),
    ("第5条", ["art_5"]), ("第五条怎么说", ["art_5"]), ("第五十五条第三项", ["art_55__para_1__item_3"]),
    ("第五十五条第（三）项", ["art_55__para_1__item_3"]), ("第五十五条第(3)项", ["art_55__para_1__item_3"]),
    ("第五十五条第一款第（三）项", ["art_55__para_1__item_3"]), ("第55条第3项", ["art_55__para_1__item_3"]),
    ("第五十五条（三）项", ["art_55__para_1__item_3"]), ("第五十九条第二款", ["art_59__para_2"]), ("第59条第2款", ["art_59__para_2"]),
    ("第五十五条第九项", []), ("第五十九条第五款", []), ("第九十条", []), ("第0条", []), ("第五十五条之一", []), ("第八章", ["chp_8"]), ("第8章", ["chp_8"]),
    ("有5条规定", []), ("打了三条狗", []), ("五十五条", ["art_55"]), ("一共五十五条", []),
])
def test_statutes(words: str, expected: list[str]) -> None:
    assert reach(words, HUNAN) == expected, words


@pytest.mark.parametrize(("words", "expected"), [
    ("55条", ["art_55"]), ("五十五条第三项", ["art_55__para_1__item_3"]), ("的55条", ["art_55"]), ("里有5条规定", []),
])
def test_after_a_name_no_di_is_needed(words: str, expected: list[str]) -> None:
    assert reach(words, HUNAN, named=True) == expected, words


@pytest.mark.parametrize(("identity", "words", "expected"), [
    *[("jincheng-plan-2021", words, ["l1_2__l2_4__l3_9"]) for words in
      ("第9项", "第9条", "第9点", "第9款", "第九项", "第（九）项", "第(9)项", "第９项", "二（四）9", "二(四)9", "二、（四）9", "二（四）９", "二（四）9.")],
    *[("national-opinions-2021", words, ["l1_2__l2_3__l3_9"]) for words in ("第9点", "第九条", "二（三）9", "二(三)9")],
    *[("rangtang-opinions-2022", words, ["l1_2__l2_1__l3_3__l4_9"]) for words in ("第9项", "第（9）项", "第(9)条", "二（一）3（9）", "二(一)3(9)")],
    ("rangtang-opinions-2022", "二（二）3", ["l1_2__l2_2__l3_3"]),
    ("rangtang-opinions-2022", "第27项", ["l1_2__l2_1__l3_6__l4_27"]),
    ("rangtang-opinions-2022", "第28项", []),
    ("jincheng-plan-2021", "第25项", []),
    ("jincheng-plan-2021", "三（三）", ["l1_3__l2_3"]),
    ("yuexiu-plan-draft", "三（二）3（1）", ["l1_3__l2_2__l3_3__l4_1"]),
    ("yuexiu-plan-draft", "四（二）", ["l1_4__l2_2"]),
    ("jincheng-plan-2021", "二（三）9", []),
])
def test_official_documents(identity: str, words: str, expected: list[str]) -> None:
    assert reach(words, HELD[identity]) == expected, words


def test_numbers_that_restart_are_all_named_and_none_asserted() -> None:
    assert len(reach("第2项", HELD["yuexiu-plan-draft"])) > 1


@pytest.mark.parametrize(("words", "expected"), [("第十四条之一", ["art_14-1"]), ("第14条之一", ["art_14-1"]), ("第十四条", ["art_14"])])
def test_inserted_articles(words: str, expected: list[str]) -> None:
    text = "".join(f"第{to_chinese(n)}条 甲。\n" + ("第十四条之一 乙。\n" if n == 14 else "") for n in range(1, 16))
    assert reach(words, doc(text)) == expected


def test_where_the_text_ends() -> None:
    reference = find("第九十条")
    assert reference is not None
    assert resolve(reference, [HUNAN]).last == "第六十四条"
    reference = find("第90项")
    assert reference is not None
    assert resolve(reference, [HELD["jincheng-plan-2021"]]).last == "第24项"
    assert resolve(reference, [HELD["rangtang-opinions-2022"]]).last == "第27项"


# -- every unit, every form


def halves(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def wide(number: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in number)


def forms(p: Provision, document: Document) -> list[str]:
    """The ways in which people name a unit or a part of an article."""
    segments = [s.split("_") for s in p.eid.split("__")]
    if segments[0][0] == "art":
        out = [""]
        for level, number in segments:
            name = {"art": "条", "para": "款", "item": "项"}[level]
            cn = to_chinese(int(number))
            ways = [f"第{cn}{name}", f"第{number}{name}", f"第{wide(number)}{name}"]
            ways += [f"第（{cn}）项", f"第({number})项"] if level == "item" else []
            out = [a + b for a in out for b in ways]
        alone = "__para_1__" in p.eid and len(document.get(p.eid.split("__")[0]).children) == 1
        return out + ([f.replace("第一款", "") for f in out if "第一款" in f] if alone else [])
    cn = [to_chinese(int(n)) for _, n in segments]
    place = "".join({"l1": cn[i], "l2": f"（{cn[i]}）", "l3": n, "l4": f"（{n}）"}[level] for i, (level, n) in enumerate(segments))
    out = [place, halves(place), place.replace("（", "、（", 1)]
    running = {"national-opinions-2021": "l3", "jincheng-plan-2021": "l3", "rangtang-opinions-2022": "l4"}
    if running.get(document.meta.id) == p.level:
        n = segments[-1][1]
        out += [f"第{m}{word}" for m in (n, wide(n), to_chinese(int(n)), f"（{n}）", f"({to_chinese(int(n))})") for word in "条项点款"]
    return out


UNITS = [(d, p) for d in HELD.values() for p in d.provisions
         if (is_unit(p, d) and p.eid.count("__")) or p.level in ("art", "para", "item")]


@given(st.sampled_from(UNITS), st.data())
def test_every_form_reaches_exactly_its_unit(unit: tuple[Document, Provision], data: st.DataObject) -> None:
    document, p = unit
    form = data.draw(st.sampled_from(forms(p, document)))
    after = data.draw(st.sampled_from(["", "怎么规定的", "？", " 里说的", "，谁负责"]))
    assert reach(form + after, document) == [p.eid], f"{document.meta.id}#{p.eid}: {form + after}"


@pytest.mark.parametrize("identity", FIVE)
def test_the_first_form_of_every_unit(identity: str) -> None:
    document = HELD[identity]
    bad = [f"{p.eid}: {form}: {got}" for d, p in UNITS if d is document for form in forms(p, d)[:2]
           if (got := reach(form, d)) != [p.eid]]
    assert not bad, "\n".join(bad)


def test_every_citation_label_reaches_its_provision() -> None:
    bad = []
    for document, p in UNITS:
        label = citation(p.eid, document)
        u = understand(label, documents=list(HELD.values()))
        got = [f"{d}#{e}" for d, e in resolve(u.reference, [HELD[d] for d in u.documents]).targets] if u.reference else []
        wanted = p.parent if p.level == "para" and "款" not in label else p.eid
        if got != [f"{document.meta.id}#{wanted}"]:
            bad.append(f"{label}: {u.documents} {got}")
    assert not bad, "\n".join(bad[:20])


@given(st.text(alphabet="第条款项点目章（）()一二三四五六七八九十百千万0123456789０９之 、.的有", max_size=14))
def test_no_words_are_refused_and_five_is_never_fifty_five(text: str) -> None:
    found = find(text, after_name=0)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        for document in HELD.values():
            for _, eid in resolve(found, [document]).targets:
                assert document.get(eid)
