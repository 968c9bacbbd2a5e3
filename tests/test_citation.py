import pytest

from tests.support import doc
from tiaowen.model import Document
from tiaowen.parse.citation import citation, path, place, text_of, title

HUNAN = "《湖南省实施〈中华人民共和国未成年人保护法〉办法（征求意见稿）》"
JINCHENG = "《晋城市未成年人保护工作实施方案》（晋市政发〔2021〕21号）"
RANGTANG = "《关于加强未成年人保护工作的实施意见》（壤府办函〔2022〕74号）"


@pytest.mark.parametrize(("identity", "eid", "label"), [
    ("hunan-measures-draft", "art_55", f"{HUNAN}第五十五条"),
    ("hunan-measures-draft", "art_55__para_1", f"{HUNAN}第五十五条"),
    ("hunan-measures-draft", "art_55__para_1__item_3", f"{HUNAN}第五十五条第三项"),
    ("hunan-measures-draft", "art_4__para_1__item_6", f"{HUNAN}第四条第一款第六项"),
    ("hunan-measures-draft", "art_59__para_2", f"{HUNAN}第五十九条第二款"),
    ("hunan-measures-draft", "chp_8", f"{HUNAN}第八章"),
    ("jincheng-plan-2021", "l1_2__l2_3__l3_9", None),
    ("jincheng-plan-2021", "l1_2__l2_4__l3_9", f"{JINCHENG}二（四）9"),
    ("jincheng-plan-2021", "notice", f"{JINCHENG}印发通知"),
    ("rangtang-opinions-2022", "l1_2__l2_1__l3_3__l4_9", f"{RANGTANG}二（一）3（9）"),
    ("rangtang-opinions-2022", "l1_1__l2_2__p_3", f"{RANGTANG}一（二）第3段"),
    ("yuexiu-plan-draft", "l1_4__l2_1", "《越秀区关于全面推动新时代未成年人保护工作高质量发展行动方案（征求意见稿）》四（一）"),
    ("national-opinions-2021", "l1_2__l2_3__l3_9",
     "《国务院未成年人保护工作领导小组关于加强未成年人保护工作的意见》（国未保组〔2021〕1号）二（三）9"),
])
def test_labels(documents: dict[str, Document], identity: str, eid: str, label: str | None) -> None:
    document = documents[identity]
    if label is None:
        with pytest.raises(KeyError):
            document.get(eid)
    else:
        assert citation(eid, document) == label


@pytest.mark.parametrize(("text", "eid", "expected"), [
    ("第十四条之一 国家。\n第十五条 乙。\n", "art_14-1", "第十四条之一"),
    ("第一条 甲：\n（一）乙：\n1.丙；\n第二条 丁。\n", "art_1__para_1__item_1__point_1", "第一条第一项第一目"),
    ("题\n一、甲\n1.乙。\n1.丙。\n", "l1_1__l3_1~2", "一1"),
    ("第一章　总则\n第一节　甲\n第一条 甲。\n第二条 乙。\n", "chp_1__sec_1", "第一章第一节"),
])
def test_places(text: str, eid: str, expected: str) -> None:
    assert place(eid, doc(text)) == expected


def test_every_label_of_the_five_is_one_of_a_kind(documents: dict[str, Document]) -> None:
    for document in documents.values():
        labels: dict[str, str] = {}
        for p in document.provisions:
            label = citation(p.eid, document)
            other = labels.setdefault(label, p.eid)
            alone = p.eid.endswith("__para_1") and other == p.parent
            assert other == p.eid or alone, f"{label}: {other}, {p.eid}"


def test_title_marks() -> None:
    assert title(doc("x", title="某省实施《某法》办法", stage="草案").meta) == "《某省实施〈某法〉办法（草案）》"


def test_text_and_path(documents: dict[str, Document]) -> None:
    document = documents["rangtang-opinions-2022"]
    assert path("l1_2__l2_1__l3_6__l4_26", document) == ("重点任务", "构建六大保护体系", "构建司法保护体系", "深化未成年人检察法律监督")
    assert text_of(document.get("l1_2__l2_1"), document) == "(一)构建六大保护体系"
    assert text_of(document.get("l1_2__l2_1__l3_6__l4_26"), document).endswith("\n责任单位:县检察院")
    document = documents["yuexiu-plan-draft"]
    assert text_of(document.get("l1_3__l2_2"), document).split("\n")[0] == "（二）实施六项保护措施"
    assert len(text_of(document.get("l1_3__l2_2"), document).split("\n")) == 2
