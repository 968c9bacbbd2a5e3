import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tiaowen.ask import places
from tiaowen.ask.query import is_harm, understand
from tiaowen.ask.search import counted, speaks_as
from tiaowen.duty.roles import actors
from tiaowen.index.tokens import fold
from tiaowen.library import Library
from tiaowen.model import Document
from tiaowen.rules import rows, table


def concepts(question: str) -> dict[str, tuple[str, ...]]:
    return {c.said: c.means for c in understand(question, documents=()).concepts}


@pytest.mark.parametrize(("everyday", "statutory"), [
    ("老师打了学生要不要报告", "教职员工"), ("爸妈不管娃", "父母或者其他监护人"), ("屋头没得大人", "父母或者其他监护人"), ("村里的崽没人带", "未成年人"),
    ("娃去网吧", "互联网上网服务营业场所"), ("派出所不管", "公安机关"), ("给初中生纹身", "文身"), ("孩子去玩剧本杀", "剧本娱乐"),
    ("村支书该做什么", "村民委员会"), ("未保站要做什么", "未成年人保护工作站"), ("ＷＡＮＧＢＡ网吧", "互联网上网服务营业场所"),
])
def test_everyday_words_reach_statutory_words(everyday: str, statutory: str) -> None:
    means = [m for found in concepts(everyday).values() for m in found]
    assert any(statutory in m for m in means), f"{everyday}: {means}"


@pytest.mark.parametrize(("question", "problem"), [
    ("", "empty"), ("   ", "empty"), ("\x00\x01\x07", "empty"), ("？？！。", "empty"), ("<b></b>", "empty"), ("\u200b\ufeff", "empty"),
    ("学校" * 5000, "too_long"), ("学校要报告吗", None), ("<script>alert(1)</script>学校", None),
])
def test_problems(question: str, problem: str | None) -> None:
    assert understand(question, documents=()).problem == problem


@pytest.mark.parametrize(("question", "named"), [
    ("湖南办法第55条第3项", ["hunan-measures-draft"]), ("晋城方案第9项", ["jincheng-plan-2021"]), ("国家意见第9点", ["national-opinions-2021"]),
    ("壤塘意见二（一）3（9）", ["rangtang-opinions-2022"]), ("壤府办函〔2022〕74号", ["rangtang-opinions-2022"]),
    ("壤府办函[2022]74号第9项", ["rangtang-opinions-2022"]), ("晋市政发（2021）21号怎么说", ["jincheng-plan-2021"]),
    ("《湖南省实施〈中华人民共和国未成年人保护法〉办法》第五十五条", ["hunan-measures-draft"]),
    ("《湖南省实施《中华人民共和国未成年人保护法》办法》第五十五条", ["hunan-measures-draft"]),
    ("国务院未成年人保护工作领导小组关于加强未成年人保护工作的意见第9条", ["national-opinions-2021"]),
    ("湖南办法和晋城方案有什么区别", ["hunan-measures-draft", "jincheng-plan-2021"]),
    ("学校要报告吗", []),
])
def test_documents_named(question: str, named: list[str], documents: dict[str, Document]) -> None:
    assert sorted(understand(question, documents=list(documents.values())).documents) == sorted(named), question


@pytest.mark.parametrize(("question", "foreign"), [
    ("未成年人保护法第十一条怎么规定", "未成年人保护法"), ("《中华人民共和国刑法》第236条", "中华人民共和国刑法"), ("国发〔2016〕13号", "国发〔2016〕13号"),
    ("民法典第三十五条", "民法典"),
])
def test_laws_that_are_not_held(question: str, foreign: str, documents: dict[str, Document]) -> None:
    assert foreign in understand(question, documents=list(documents.values())).foreign, question


@pytest.mark.parametrize(("text", "paths"), [
    ("长沙的学校", ["湖南省/长沙市"]), ("湖南省长沙市", ["湖南省", "湖南省/长沙市"]), ("壤塘县", ["四川省/阿坝州/壤塘县"]),
    ("贵阳城区的娃", ["贵州省/贵阳市"]), ("越秀区", ["广东省/广州市/越秀区"]), ("没有地名", []),
])
def test_places(text: str, paths: list[str]) -> None:
    assert [p.path for p in places.find(text)] == paths, text


@pytest.mark.parametrize(("region", "place", "expected"), [
    ("全国", "湖南省/长沙市", "nationwide"), ("全国", None, "nationwide"), ("湖南省", "湖南省/长沙市", "local"), ("湖南省", "湖南省", "local"),
    ("四川省/阿坝州/壤塘县", "四川省", "elsewhere"), ("山西省/晋城市", "湖南省", "elsewhere"), ("湖南省", None, "unknown"), (None, "湖南省", "unknown"),
    ("湖南", "湖南省", "elsewhere"),
])
def test_applicability(region: str | None, place: str | None, expected: str) -> None:
    assert places.applicability(region, place) == expected


@pytest.mark.parametrize(("question", "harm"), [
    ("我怀疑邻居家孩子被他爸打，能看到伤痕", True), ("班上女生说被继父摸了", True), ("孩子被锁在家里没人管", True),
    ("学生欺凌怎么认定", False), ("防性侵的课多久上一次", False), ("旅馆怎么登记", False), ("给孩子打疫苗", False), ("湖南办法第五十五条", False),
])
def test_harm(question: str, harm: bool) -> None:
    assert is_harm(fold(question)) is harm, question


@pytest.mark.parametrize("question", ["网络保护由谁负责", "学校要向谁报告", "学生证丢了", "老师傅", "布娃娃检查院子"])
def test_no_concept_is_a_torn_word(question: str) -> None:
    for said in concepts(question):
        assert said not in ("护由", "络保", "护", "示", "院子检"), f"{question}: {said}"


@given(st.text(max_size=80))
def test_any_question_is_understood(question: str) -> None:
    u = understand(question, documents=())
    assert u.question == question
    assert len(u.bare) <= len(question) + 80


@given(st.lists(st.sampled_from(["第", "五", "十", "条", "5", "５", "湖南", "办法", "《", "》", "〔2022〕", "74号", "壤府办函", "二（三）9", "被打", "<b>",
                                 "\x00", "孩子", "多久", "？", "万", "零", "０", "未成年人保护法"]), max_size=14).map("".join))
def test_odd_questions_never_raise(library: Library, question: str) -> None:
    result = library.ask(question, today=TODAY)
    assert result.status in ("answered", "not_found"), question
    assert result.message, question


@pytest.mark.parametrize(("asked", "read"), [
    ("15岁男孩在店里睡3晚", "十五岁男孩在店里睡3晚"), ("1个月去2次", "一个月去两次"), ("2年级12个人", "二年级十二个人"), ("0-6岁", "0-6岁"), ("打12345个电话", "打12345个电话"), ("9点5项", "9点5项"),
])
def test_small_numbers_are_searched_as_the_texts_print_them(asked: str, read: str) -> None:
    assert counted(asked) == read


def test_a_count_is_no_subject() -> None:
    found = concepts("十五岁的三十个学生被打")
    assert "学生" in found and not {"十五岁", "十五", "三十", "三十个"} & set(found)


@pytest.mark.parametrize("row", rows("subject", "speaker"), ids=lambda r: r["id"])
def test_who_speaks(row: dict[str, list[str]]) -> None:
    assert all(speaks_as(fold(e)) == frozenset(row["roles"]) for e in row["yes"])
    assert not any(speaks_as(fold(e)) == frozenset(row["roles"]) for e in row["no"])


def test_two_that_may_speak_are_nobody() -> None:
    assert speaks_as("班上有人说我女儿偷东西") == frozenset()


def test_the_roles_of_speakers_and_private_persons_are_roles_of_the_table() -> None:
    named = {role for row in rows("subject", "speaker") for role in row["roles"]} | set(table("subject")["private"]["roles"])
    assert named <= set(actors()), named - set(actors())
