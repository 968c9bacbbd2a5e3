from collections import Counter

import pytest

from tests.support import doc, eids, shown
from tiaowen.model import Document, Provision


def read(document: Document, p: Provision) -> tuple[str, str, str]:
    """(mode, lead names, other names) of a provision's unit list."""
    assert p.units is not None, shown(document, p.eid)
    lead = [document.cut(n) for n in p.units.lead]
    return p.units.mode, "、".join(lead), "、".join(w for n in p.units.names if (w := document.cut(n)) not in lead)


CONVENTION = "1.甲。\n责任单位:民政局,县法院、妇联(逗号前为牵头部门,下同)\n"


@pytest.mark.parametrize(("lines", "expected"), [
    ("1.甲。\n责任单位:民政局,县法院、妇联\n", ("undetermined", "", "民政局、县法院、妇联")),
    (CONVENTION, ("lead", "民政局", "县法院、妇联")),
    (CONVENTION + "2.乙。\n责任单位：教育局，公安局、司法局\n", ("lead", "教育局", "公安局、司法局")),
    (CONVENTION + "2.乙。\n责任单位:教育局、公安局、司法局\n", ("undetermined", "", "教育局、公安局、司法局")),
    (CONVENTION + "2.乙。\n责任单位:县检察院\n", ("single", "", "县检察院")),
    (CONVENTION + "2.乙。\n责任单位:县检察院,公安局、县检察院\n", ("lead", "县检察院", "公安局")),
    (CONVENTION + "2.乙。\n责任单位:教育局,残联、县委组织部(关工委)\n", ("lead", "教育局", "残联、县委组织部(关工委)")),
    ("1.甲。\n责任单位:市民政局牵头，市教育局、市公安局配合\n", ("lead", "市民政局", "市教育局、市公安局")),
    ("1.甲。（市民政局负责）\n", ("single", "", "市民政局")),
    ("1.甲。(市民政局、市教育局按职责分工负责)\n", ("joint", "", "市民政局、市教育局")),
    ("1.甲。（市民政局牵头，市教育局、市公安局按照职责分工负责）\n", ("lead", "市民政局", "市教育局、市公安局")),
    ("1.甲。（市民政局负责）\n2.乙。（市残联负责）\n3.丙。（市未成年人保护工作委员会各成员单位）\n",
     ("joint", "", "市未成年人保护工作委员会各成员单位")),
])
def test_units_of_the_last_task(lines: str, expected: tuple[str, str, str]) -> None:
    document = doc(f"题\n一、甲\n{lines}")
    last = [p for p in document.provisions if p.level == "l3"][-1]
    assert read(document, last) == expected, lines


@pytest.mark.parametrize("lines", [
    "1.严惩向未成年人销售烟（含电子烟）、酒行为。\n", "1.甲。责任单位要加强领导。\n", "1.甲。（市民政局负责）其后还有正文。\n",
    "1.甲（市民政局、市教育局各单位）\n", "1.甲。\n",
])
def test_no_units(lines: str) -> None:
    document = doc(f"题\n一、甲\n{lines}")
    assert [p.eid for p in document.provisions if p.units] == [], lines


def test_a_lead_line_and_an_assisting_line() -> None:
    document = doc("题\n一、甲\n1.甲。\n牵头单位：市民政局\n配合单位：市教育局、市公安局\n2.乙。\n")
    assert eids(document) == ["l1_1", "l1_1__l3_1", "l1_1__l3_2"]
    assert read(document, document.get("l1_1__l3_1")) == ("lead", "市民政局", "市教育局、市公安局")


def test_a_name_printed_twice_counts_once_with_a_note() -> None:
    document = doc(f"题\n一、甲\n{CONVENTION}2.乙。\n责任单位:县委宣传部,县法院、县委宣传部、教育局\n")
    assert read(document, document.get("l1_1__l3_2")) == ("lead", "县委宣传部", "县法院、教育局")
    assert [(i.eid, i.level) for i in document.issues if i.code == "unit_repeated"] == [("l1_1__l3_2", "note")]


def test_names_are_slices_in_printed_order(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for p in document.provisions:
            if p.units:
                starts = [n.start for n in p.units.names]
                assert starts == sorted(starts), shown(document, p.eid)
                assert len({document.cut(n) for n in p.units.names}) == len(p.units.names), shown(document, p.eid)
                assert set(p.units.lead) <= set(p.units.names)
                assert all(p.units.span.start <= n.start < n.end <= p.units.span.end for n in p.units.names)
                for n in p.units.names:
                    assert not set(document.cut(n)) & set("，,、；;：: \n。"), document.cut(n)


def test_the_33_lines_of_rangtang(documents: dict[str, Document]) -> None:
    document = documents["rangtang-opinions-2022"]
    listed = [p for p in document.provisions if p.units]
    assert document.clean.text.count("\n责任单位:") == len(listed) == 33
    modes = {p.eid: p.units.mode for p in listed if p.units}
    assert Counter(modes.values()) == {"lead": 31, "single": 1, "undetermined": 1}
    assert modes["l1_2__l2_1__l3_6__l4_26"] == "single"
    assert modes["l1_2__l2_2__l3_3"] == "undetermined"
    assert all(len(p.units.lead) == 1 for p in listed if p.units and p.units.mode == "lead")
    for p in listed:
        assert p.units is not None
        printed = document.cut(p.units.span).split("(逗号前")[0].replace(",", "、").split("、")
        assert [document.cut(n) for n in p.units.names] == list(dict.fromkeys(printed)), shown(document, p.eid)
        if p.units.mode == "lead":
            assert [document.cut(n) for n in p.units.lead] == printed[:1], shown(document, p.eid)
    repeated = [i.eid for i in document.issues if i.code == "unit_repeated"]
    assert repeated == ["l1_2__l2_1__l3_4__l4_16"]
    assert read(document, document.get(repeated[0]))[1:] == ("县委宣传部", "县法院、县检察院、经信局、教育局、公安局、民政局、司法局")


def test_the_24_tails_of_jincheng(documents: dict[str, Document]) -> None:
    document = documents["jincheng-plan-2021"]
    listed = [p for p in document.provisions if p.units]
    assert [p.number for p in listed] == [str(n) for n in range(1, 25)]
    modes = {p.number: p.units.mode for p in listed if p.units}
    assert [n for n, mode in modes.items() if mode != "joint"] == ["13"]
    assert modes["13"] == "single"
    assert all(not p.units.lead for p in listed if p.units)
    assert sum(document.cut(p.own).rstrip().endswith("负责）") for p in listed) == 23
    for p in listed:
        assert p.units is not None
        inside = document.cut(p.own).rpartition("（")[2].rpartition("）")[0]
        for how in ("按照职责分工负责", "按职责分工负责", "负责"):
            inside = inside.removesuffix(how)
        assert [document.cut(n) for n in p.units.names] == inside.split("、"), shown(document, p.eid)


@pytest.mark.parametrize("identity", ["national-opinions-2021", "hunan-measures-draft", "yuexiu-plan-draft"])
def test_the_others_list_no_units(documents: dict[str, Document], identity: str) -> None:
    assert [p.eid for p in documents[identity].provisions if p.units] == []
