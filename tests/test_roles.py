"""Bearers of the documents -> roles: a table read by hand, and what the table promises of its own forms."""

import re

import pytest

from tiaowen.duty import roles
from tiaowen.duty.frames import frames
from tiaowen.model import Document
from tiaowen.rules import rows


@pytest.mark.parametrize(("phrase", "wanted"), [
    ("公安机关", "police"), ("县公安局", "police"), ("市公安局", "police"), ("公安分局", "police"), ("基层公安派出所", "police"), ("公安", "police"),
    ("民政局", "civil"), ("县级以上人民政府民政部门", "civil"), ("省级人民政府民政部门", "civil"), ("未成年人居住地的民政部门", "civil"),
    ("县级以上人民政府", "gov-county"), ("县级以上人民政府及其民政部门", "gov-county civil"), ("县级人民政府教育部门", "education"),
    ("县级以上人民政府教育、公安、民政、司法行政等部门和残疾人联合会等组织", "education police civil justice disabled-fed"),
    ("教育、公安、民政等有关部门", "education police civil"), ("教育等部门", "education"), ("公安、检察部门", "police procuratorate"),
    ("市中院", "court"), ("区人民法院、人民检察院、公安分局及司法局", "court procuratorate police justice"),
    ("婚姻登记机关办理离婚登记及人民法院", "marriage-office court"), ("地方各级人民法院", "court"),
    ("团区委、妇联、民政、教育部门", "youth-league womens-fed civil education"), ("团县委", "youth-league"), ("市委网信办", "cyber"),
    ("县委组织部(关工委)", "party cncc"), ("残疾人联合会和民政、卫生健康等部门", "disabled-fed civil health"),
    ("村（居）民委员会等相关组织", "village"), ("每个村(社区)", "village"), ("其居住地的居民委员会、村民委员会", "village"), ("儿童主任", "child-director"),
    ("乡镇人民政府、街道办事处、村民委员会、居民委员会和用人单位", "township village employer"), ("街道未成年人保护工作站", "wb-station"),
    ("学校、幼儿园的教职员工", "school-kinder"), ("使用校车的学校", "school"), ("教职员工", "staff"), ("学生家长", "guardian"), ("未成年人的父母", "guardian"),
    ("学校、幼儿园的教育教学和生活设施以及为未成年人提供的学习、生活和活动用品", "school-kinder"),
    ("婴幼儿照护服务机构、早期教育服务机构、校外培训机构、校外托管机构等", "other-care"),
    ("旅馆、宾馆、酒店、租赁式公寓、民宿、客栈等住宿经营者", "lodging"), ("电竞酒店经营者", "esport-hotel"), ("剧本娱乐经营场所使用的剧本脚本", "script"),
    ("密切接触未成年人的单位及其工作人员", "contact-units"), ("医疗卫生机构", "medical"), ("有条件的儿童福利机构、未成年人救助保护机构", "welfare-home rescue"),
    ("国家机关、企事业单位、社会组织等", "state-organ employer ngo"), ("任何组织和个人", "anyone"), ("算法推荐服务提供者", "network"),
    ("河流、湖泊、山塘、水库等危险水域的管理者", "water"), ("有关部门", "dept"), ("各相关单位", "dept"),
    ("县（市、区）", ""), ("有条件的地方", ""), ("其所在单位或者上级机关", ""), ("各级各部门", ""), ("教育引导", ""), ("公安机关和未成年人", "police child"),
])
def test_a_phrase_names_its_actors(phrase: str, wanted: str) -> None:
    assert " ".join(roles.actors_in(phrase)) == wanted, phrase


@pytest.mark.parametrize(("words", "wanted"), [
    ("街道和社区居委会开展困境未成年人定期走访排查", "township village"), ("村（居）民委员会等相关组织对未成年人的父母或者其他监护人履行", "village"),
    ("高校、高中阶段学校做好学生军训工作", "school"), ("所属辖区内教育及公共事业行业等与未成年人高频接触的单位于员工入职前", "contact-units"),
    ("区内宾馆、酒店等落实未成年人入住核查", "lodging"), ("各地学校开设课程", "school"), ("其履行监护职责", ""), ("未成年人遵纪守法，依托中小学校", ""),
    ("国家机关、村（居）民委员会、密切接触未成年人的单位、组织及其工作人员有效履行", "state-organ village contact-units"),
])
def test_the_guided_open_the_words(words: str, wanted: str) -> None:
    assert " ".join(roles.actors_opening(words)) == wanted, words


@pytest.mark.parametrize("row", rows("actors", "form"), ids=lambda r: r["id"])
def test_forms(row: dict[str, object]) -> None:
    pattern = re.compile(str(row["pattern"]))
    match = pattern.match if row["id"] == "branches" else pattern.fullmatch
    assert not [e for e in row["yes"] if not match(e)] and not [e for e in row["no"] if match(e)]  # type: ignore[attr-defined]


def test_every_unit_of_the_plans_has_its_actor(documents: dict[str, Document]) -> None:
    names = {unit for document in documents.values() for frame in frames(document) for unit in frame.units}
    assert len(names) > 60
    assert {name for name in names if not roles.actors_in(name)} <= {"各成员单位"}


def test_the_guided_are_no_bearers(documents: dict[str, Document]) -> None:
    """指导村（居）民委员会落实强制报告…职责 is nobody's duty among the guided."""
    for document in documents.values():
        for frame in frames(document):
            for actor in roles.guided(frame, document.clean.text):
                if actor == "village":
                    assert actor not in roles.bearers(frame), frame.id


def test_the_table_of_roles_holds_together() -> None:
    actors = roles.actors()
    for identity, row in actors.items():
        assert roles.role_of(identity) in actors
        assert not (row.get("page") and row.get("under")), identity
        assert "under" not in row or actors[row["under"]].get("page"), identity
    assert not [i for i in ("village", "police") if roles.CONTACT in roles.belongs(i)]
    assert {row["id"] for row in rows("actors", "basis")} == {r["contact_basis"] for r in actors.values() if "contact_basis" in r}
