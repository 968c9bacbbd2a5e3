"""Differences on snippets: what is real is found with the words of both sides, what is not is not asserted."""

import pytest

from tests.compared import alone, found
from tiaowen.library import Library
from tiaowen.rules import compiled, rows

REAL = [
    # hedges
    ("1.甲。有条件的地区，对收养孤儿的家庭在水电气方面给予优惠。", "1.甲。对收养孤儿的家庭在水电气方面给予优惠。", "hedge", "stronger", "有条件的地区", None),
    ("1.甲。每年召开一次未成年人保护全体会议。", "1.甲。原则上每年召开一次未成年人保护全体会议。", "hedge", "weaker", None, "原则上"),
    ("1.甲。公安机关发现监护人侵犯未成年人合法权益的，应当予以训诫。", "1.甲。公安机关发现监护人侵犯未成年人合法权益的，应当根据情况予以训诫。",
     "hedge", "weaker", None, "根据情况"),
    # scope, levels, figures
    ("1.甲。有效履行侵害未成年人事件强制报告义务。", "1.甲。有效履行侵害未成年人案件强制报告义务。", "scope", "differs", "事件", "案件"),
    ("1.甲。实现专业性社会组织县、乡全覆盖。", "1.甲。实现专业性社会组织县全覆盖。", "scope", "differs", "县、乡", "县"),
    ("1.甲。落实义务教育阶段“两免一补”政策。", "1.甲。落实义务教育阶段“三免一补”政策。", "figures", "differs", "两免", "三免"),
    ("1.甲。为监护人每年提供不少于两次公益性家庭教育指导服务。", "1.甲。为监护人每年提供不少于1次公益性家庭教育指导服务。", "figures", "differs", "两次", "1次"),
    # lists and what was left out
    ("1.甲。对涉案未成年人实施心理干预、经济救助、法律援助、转学安置、社会观护等措施。", "1.甲。对涉案未成年人实施心理干预、经济救助、转学安置、社会观护等措施。",
     "scope", "weaker", None, None),
    ("1.甲。情节严重导致未成年人受到伤害的，要采取保护措施并向相关部门报告。", "1.甲。情节严重导致未成年人受到伤害的，要向相关部门报告。",
     "scope", "weaker", "采取保护措施", None),
    ("1.甲。加强残疾未成年人权益保障，落实残疾儿童康复救助制度，放宽对家庭经济条件的限制。", "1.甲。加强残疾未成年人权益保障，落实残疾儿童康复救助制度。",
     "scope", "weaker", "放宽对家庭经济条件的限制", None),
    # subject, pace, modality, document kind
    ("1.甲。妇联组织要加强对监护人的家庭教育指导。", "1.甲。加强对监护人的家庭教育指导。", "bearer", "weaker", "妇联组织", None),
    ("1.甲。学校应当立即向公安机关报告侵害情况。", "1.甲。学校应当及时向公安机关报告侵害情况。", "time_limit", "weaker", "立即", "及时"),
    ("1.甲。学校应当及时通知学生的父母或者其他监护人。", "1.甲。学校应当通知学生的父母或者其他监护人。", "time_limit", "weaker", "及时", None),
    ("第一条 学校应当配备专职心理健康教师。\n第二条 学校应当建立心理辅导室。", "第一条 学校可以配备专职心理健康教师。\n第二条 学校应当建立心理辅导室。",
     "modality", "weaker", "应当", "可以"),
    ("第一条 学校应当建立学生欺凌防控和处置制度。\n第二条 略。", "1.甲。督促建立学生欺凌防控和处置制度。", "modality", "document_kind", "应当", None),
]


@pytest.mark.parametrize(("first", "second", "aspect", "kind", "value", "other"), REAL)
def test_a_real_difference_is_found(first: str, second: str, aspect: str, kind: str, value: str | None, other: str | None) -> None:
    hits = [d for d in found(first, second) if (d.aspect, d.kind) == (aspect, kind)]
    assert hits, [(d.aspect, d.kind, [s.value for s in d.sides]) for d in found(first, second)]
    a, b = hits[0].sides
    if value or other:
        assert (a.value, b.value) == (value, other)


NONE = [
    ("必须 is 应当", "第一条 学校必须建立安全管理制度。\n第二条 略。", "第一条 学校应当建立安全管理制度。\n第二条 略。"),
    ("禁止 is 不得", "第一条 禁止任何人向未成年人提供文身服务。\n第二条 略。", "第一条 任何人不得向未成年人提供文身服务。\n第二条 略。"),
    ("要 is 应当", "1.甲。学校要建立学生欺凌防控制度。", "1.甲。学校应当建立学生欺凌防控制度。"),
    ("numerals", "1.甲。每年提供不少于一次公益性家庭教育指导服务。", "1.甲。每年提供不少于1次公益性家庭教育指导服务。"),
    ("full width", "1.甲。指导村（居）民委员会落实强制报告职责。", "1.甲。指导村(居)民委员会落实强制报告职责。"),
    ("the word is elsewhere in the sentence", "1.甲。及时发现问题，向公安机关报告侵害情况。", "1.甲。发现问题，及时向公安机关报告侵害情况。"),
    ("another duty", "1.甲。学校应当立即制止学生欺凌。", "1.甲。网络平台应当及时屏蔽有害信息。"),
    ("levels of government", "1.甲。推动各地党委和政府将未成年人保护纳入规划。", "1.甲。推动将未成年人保护纳入规划。"),
    ("said in another place", "1.甲。加强权益保障，落实救助制度，放宽家庭经济条件的限制。", "1.甲。加强权益保障，落实救助制度。\n2.乙。要放宽家庭经济条件的限制。"),
    ("plan and plan", "1.甲。建立学校保护工作评估制度。", "1.甲。学校要建立学校保护工作评估制度。"),
    ("both are told in both", "第一条 旅馆发现有违法犯罪嫌疑的，应当立即向公安机关报告，并及时通知父母。\n第二条 略。", "第一条 旅馆发现有违法犯罪嫌疑的，应当立即向公安机关报告，并及时通知父母。\n第二条 略。"),
    ("a word before another", "1.甲。为受援人提供符合标准的法律服务。", "1.甲。为受援人提供符合标准的法律援助服务。"),
    ("years", "1.甲。制定儿童发展纲要（2021-2030年）。", "1.甲。制定儿童发展纲要（2022-2035年）。"),
]


@pytest.mark.parametrize(("why", "first", "second"), NONE, ids=[n[0] for n in NONE])
def test_what_is_no_difference_is_not_asserted(why: str, first: str, second: str) -> None:
    assert not [(d.aspect, d.kind, [s.value for s in d.sides]) for d in found(first, second)], why


def test_a_loss_is_asserted_only_of_a_text_meant_for_the_other_place() -> None:
    first, second = "1.甲。妇联组织要加强对监护人的家庭教育指导。", "1.甲。加强对监护人的家庭教育指导。"
    assert found(first, second, regions=("某省", "某省/某市"))
    assert not found(first, second, regions=("某省", "别省"))


UNITS = "（逗号前为牵头部门，下同）"


def test_one_task_under_two_leads() -> None:
    text = f"1.甲。严格落实未成年人刑事案件特别程序。\n责任单位：法院，检察院{UNITS}\n2.乙。落实未成年人刑事案件特别程序。\n责任单位：政法委，法院、检察院"
    (one,) = [d for d in alone(text) if d.aspect == "units"]
    assert one.kind == "contradicts" and [s.value for s in one.sides] == ["法院", "政法委"]


@pytest.mark.parametrize("text", [
    f"1.甲。落实未成年人刑事案件特别程序。\n责任单位：法院，检察院{UNITS}\n2.乙。落实未成年人刑事案件特别程序。\n责任单位：法院，政法委",
    "1.甲。落实未成年人刑事案件特别程序。\n责任单位：法院、检察院\n2.乙。落实未成年人刑事案件特别程序。\n责任单位：政法委、法院",
    f"1.甲。落实未成年人刑事案件特别程序。\n责任单位：法院，检察院{UNITS}\n2.乙。开展校园周边环境整治行动。\n责任单位：公安局，教育局",
])
def test_no_contradiction_of_leads(text: str) -> None:
    assert not [d for d in alone(text) if d.aspect == "units"]


def test_a_document_that_contradicts_itself_in_figures() -> None:
    (one,) = alone("1.甲。每名学生每天体育活动时间不少于两小时。\n2.乙。每名学生每天体育活动时间不少于一小时。")
    assert (one.aspect, one.kind, [s.value for s in one.sides]) == ("figures", "contradicts", ["两小", "一小"])


@pytest.mark.parametrize("text", [
    "1.甲。伪造许可证的，处一万元罚款，禁止其5年内从事该项活动。\n2.乙。伪造许可证的，处三万元罚款，禁止其10年内从事该项活动。",
    "1.甲。拨缴的工会经费，不超过工资总额2%的部分，准予扣除。\n2.乙。发生的职工教育培训支出，不超过工资总额2.5%的部分，准予扣除。",
])
def test_other_acts_and_other_things_contradict_nothing(text: str) -> None:
    assert not alone(text)


def test_the_same_actors_report_to_others() -> None:
    first = "第一条 居民委员会、村民委员会发现监护人不履行职责，情节严重的，应当及时向公安机关报告。\n第二条 略。"
    second = "1.甲。村（居）民委员会发现情节严重的，要及时向相关部门报告。"
    hits = [d for d in found(first, second) if d.aspect == "recipients"]
    assert hits and {s.value for s in hits[0].sides} == {"公安机关", "相关部门"}


@pytest.mark.parametrize("section", ["hedge", "pace", "level", "adapted"])
def test_patterns_of_drift(section: str) -> None:
    for row in rows("drift", section):
        pattern = compiled(row["pattern"])
        assert not [f"silent: {e}" for e in row["yes"] if not pattern.search(e)], row["id"]
        assert not [f"fires: {e}" for e in row["no"] if pattern.search(e)], row["id"]


@pytest.mark.parametrize("row", rows("drift", "scope"), ids=lambda row: row["id"])
def test_pairs_of_drift(row: dict[str, list[str]]) -> None:
    def fires(example: str) -> bool:
        a, b = example.split(" ~ ")
        one, other = row["words"]
        return one in a and other in b

    assert all(fires(e) for e in row["yes"]) and not any(fires(e) for e in row["no"])


# -- the shipped documents


def test_values_and_quotes_are_slices(library: Library) -> None:
    every = library.differences()
    assert every
    for one in every:
        for side in one.sides:
            text = library.document(side.document).clean.text
            assert side.quote == text[slice(*side.span)], side
            assert (side.value is None) == (side.value_span is None)
            if side.value_span:
                assert side.value == text[slice(*side.value_span)], side


def test_the_first_twenty_are_those_read_and_approved(library: Library) -> None:
    """A change here shows as a diff: read both sentences before approving it."""
    shown = [f"{d.kind} {d.aspect} {d.sides[0].id} {d.sides[1].id} | {d.sides[0].value} → {d.sides[1].value}" for d in (library.differences() or ())[:20]]
    from pathlib import Path

    kept = (Path(__file__).parent / "golden" / "differences.txt").read_text(encoding="utf-8").splitlines()
    assert shown == kept


def test_the_order_of_the_documents_changes_nothing(library: Library) -> None:
    from tiaowen.compare.clauses import Clauses
    from tiaowen.compare.differences import differences

    matrix = library.by_topic.matrix
    backwards = dict.fromkeys(reversed(range(len(matrix.view.places))))
    assert differences(Clauses(matrix, backwards)) == library.differences()
