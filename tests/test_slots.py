"""What a question asks for, whether that is filled where its subject stands, and which duty of a provision answers."""

import pytest

from tests.conftest import TODAY
from tests.test_ask import check, short
from tiaowen import wording
from tiaowen.ask.asking import asked_rows, asked_slots, only_asks
from tiaowen.ask.premise import stated
from tiaowen.index.tokens import fold
from tiaowen.library import Library
from tiaowen.rules import rows

PHRASINGS = {
    "frequency": "几个月报一回|多久开一次会|隔多久查一次|一年要搞几次|一学期上几回法治课|多长时间排查一遍|每年至少几次|一个月跑几趟|多久更新一次名册|"
                 "几天巡查一回|几年评一次|频率是多少|好久搞一回演练|多久做一轮筛查|隔几天去看一次|半年要报几次|是每月一次还是每季一次",
    "limit": "几小时内要报警|多久之内要上报|几天能出结果|最晚什么时候报|多长时间内必须答复|几个工作日内办完|多少天之内要回访|要多快报告|"
             "什么时候要报|发现后几个钟头内报|期限是多少|马上报还是可以等等|最迟几时报上去|好久之内要通知家长|几日内送达|报告的时限是多长",
    "recipient": "要向谁报告|该跟哪个讲|报给谁|去哪里举报|找谁申请|通知谁|要告诉哪些人|向哪个部门报告|给哪家单位说|跟哪里反映|打给谁|"
                 "找哪个部门求助|上报到哪里|往哪儿报|该同边个讲|向哪些单位通报|要跟谁备案",
    "lead": "谁牵头|哪个部门牵头|由哪家挑头|谁领头|牵头单位是谁|是哪家打头|主办单位是哪个|谁主责|排在头一个的部门|归谁牵头|牵头的是哪个|"
            "第一责任单位是谁|谁带头抓|总牵头是谁|以谁为主",
    "may": "能不能拒绝|可不可以收|可以不交吗|允许吗|行不行|这样合规吗|准不准带手机|该不该报|能公开照片吗|我接不接|可以卖给学生不|许不许打孩子|"
           "合法吗|有没有权拒绝|能带进去么|允不允许爹妈看|让不让进",
    "penalty": "不报告会怎样|有什么后果|怎么处罚|要负什么责任|会不会被处分|违反了怎么办|不照办有什么惩罚|会被追究吗|要挨什么处分|不做会咋样|"
               "怎么收拾他们|不履行会被罚吗|会丢饭碗吗|店会不会被关门|犯法吗|谁来罚他",
    "units": "哪些部门负责|归谁管|谁来负责|由哪个单位管|责任单位有哪些|是谁的责任|哪几家单位干|谁家的活|哪一级政府管|这事归哪个口子|"
             "谁来立牌子|哪个部门的事|压给哪个局|该谁管|归哪家单位",
}


@pytest.mark.parametrize(("slot", "question"), [(slot, q) for slot, line in PHRASINGS.items() for q in line.split("|")])
def test_the_common_ways_to_ask(slot: str, question: str) -> None:
    assert slot in asked_slots(fold(question)), (question, asked_slots(fold(question)))


@pytest.mark.parametrize("slot", sorted(PHRASINGS))
def test_a_slot_is_asked_in_at_least_fifteen_ways(slot: str) -> None:
    assert len(set(PHRASINGS[slot].split("|"))) >= 15


@pytest.mark.parametrize("question", [
    "几个大孩子围着打他，学校该做什么", "娃被踢了几脚，找谁评理", "爸妈走了好几天，谁来管", "家里好多孩子没人带，咋办",
    "孩子一个人在家几天了，我该告诉谁", "哪几个部门管校车", "第几条写了校车", "十几个学生被骗了，怎么报案",
])
def test_a_rough_count_asks_for_no_number(question: str) -> None:
    numbers = {"money", "measure", "count", "headcount", "quantity", "duration", "age", "date"}
    assert not numbers & set(asked_slots(fold(question))), asked_slots(fold(question))


@pytest.mark.parametrize(("question", "measure", "noun"), [
    ("一个村要建几处书屋", "处", None), ("要填几页表", "页", None), ("督导员要什么学历", None, "学历"), ("托管班老师有没有加班费", None, "加班费"),
])
def test_the_measure_and_the_thing_asked_for(question: str, measure: str | None, noun: str | None) -> None:
    asked = [a for a in asked_rows(fold(question)) if a.row["strict"]]
    assert [(a.measure, a.noun) for a in asked][:1] == [(measure, noun)], asked


def test_words_that_only_ask_are_no_subject() -> None:
    assert [w for w in ("多久", "几小时", "隔多久", "哪个", "学校", "报告") if only_asks(w)] == ["多久", "几小时", "隔多久", "哪个"]


@pytest.mark.parametrize("row", rows("slots", "measure"), ids=lambda r: r["id"])
def test_measure_words_that_count_the_same(row: dict[str, list[str]]) -> None:
    assert all(any(e.endswith(m) for m in row["same"]) for e in row["yes"])
    assert not any(e.endswith(m) for m in row["same"] for e in row["no"])


# -- empty or filled, over the shipped corpus


@pytest.mark.parametrize("question", [
    "向公安机关申请查询有没有违法犯罪记录，查一回收多少钱", "村里儿童主任要满多少岁才能当", "心理健康测评的量表叫什么名字，用哪个量表",
    "强制报告要填的表格是什么样式", "给未成年人文身的店，举报的人奖励多少元", "儿童主任一个月补贴多少钱", "学校的法治副校长要什么学历",
    "剧本娱乐经营场所的面积要多少平方米", "校车司机要有几年驾龄", "孩子住酒店要登记几页表", "民政局哪个窗口办委托照护，在几楼",
    "家庭教育指导令有效期几年", "未成年人救助保护机构的网址是什么", "儿童主任谁签字任命的，姓什么",
])
def test_what_the_texts_leave_open_is_declined_with_the_slot(library: Library, question: str) -> None:
    result = library.ask(question, today=TODAY)
    check(result, library)
    assert result.reason == "not_stated", short(result)
    names = [row["name"] for row in rows("slots", "slot")]
    assert result.message in [wording.NOT_STATED.format(slot=name) for name in names], result.message


@pytest.mark.parametrize("question", [
    "申请查询违法犯罪记录，几个工作日给结果", "学生心理健康测评多久做一次", "给未成年人文身头一回罚多少", "居委会劝诫以后多久回访",
    "发现孩子被侵害，几小时内要报告", "一个县至少要建几所未成年人活动场所", "湖南办法什么时候起施行", "防性侵教育隔多久搞一次",
    "壤塘每个学校最少配几名心理健康教师", "壤塘的家长学校覆盖率要达到多少", "壤塘的推进会多久开一次", "晋城的未成年人保护热线是哪个号码",
])
def test_what_the_texts_say_is_answered(library: Library, question: str) -> None:
    result = library.ask(question, today=TODAY)
    check(result, library)
    assert result.status == "answered", short(result)


# -- the duty that answers, and its evidence


@pytest.mark.parametrize(("question", "provision", "slot", "value"), [
    ("县里的推进会多久开一次", "rangtang-opinions-2022#l1_2__l2_3", "frequency", "每半年召开一次"),
    ("县里的全体会议多久开一次", "rangtang-opinions-2022#l1_2__l2_3", "frequency", "原则上每年召开一次"),
    ("学校发现学生有严重心理健康问题，要向哪些部门报告", "hunan-measures-draft#art_18", "recipients", ["教育、卫生健康等部门"]),
    ("县级教育部门组织学校多久做一次心理健康测评", "hunan-measures-draft#art_18", "frequency", "每学年至少开展一次"),
    ("学校发现欺凌，什么时候通知双方父母", "hunan-measures-draft#art_23", "time_limit", "适时"),
    ("居委会劝诫监护人以后要多久回访", "hunan-measures-draft#art_59", "time_limit", "一个月内"),
    ("监护人打孩子情节严重，居委会要向谁报告", "hunan-measures-draft#art_59", "recipients", ["公安机关"]),
    ("公安机关收到查询申请几天给结果", "hunan-measures-draft#art_56", "time_limit", "五个工作日内"),
    ("在职人员的犯罪记录隔多久查一次", "hunan-measures-draft#art_56", "frequency", "每年定期"),
    ("给未成年人做医美头一回罚多少", "hunan-measures-draft#art_61", "amount", "一万元以上三万元以下罚款"),
    ("电竞酒店能不能接待未成年人", "hunan-measures-draft#art_28", "modality", "不得"),
])
def test_the_frame_that_answers(library: Library, question: str, provision: str, slot: str, value: object) -> None:
    result = library.ask(question, today=TODAY)
    check(result, library)
    first = result.answers[0]
    assert first.provision == provision, short(result)
    assert first.duty is not None
    assert first.duty[slot] == value, first.duty
    start, end = first.duty["span"]
    assert first.span[0] < end, "the quote holds the duty"
    assert start < first.span[1], "the quote holds the duty"


def test_evidence_for_each_asked_slot(library: Library) -> None:
    result = library.ask("密切接触未成年人的单位发现孩子疑似被性侵，谁负责、向谁报告、多久之内报？", today=TODAY)
    check(result, library)
    evidence = {e.slot: e.quote for e in result.answers[0].evidence}
    assert evidence["recipients"] == "教育、公安、民政等部门"
    assert evidence["time_limit"] == "立即"
    assert evidence["bearer"] == "密切接触未成年人的单位及其工作人员"
    assert len({(e.slot, e.span) for e in result.answers[0].evidence}) == len(result.answers[0].evidence)


@pytest.mark.parametrize(("question", "slot"), [("强制报告几小时内", "time_limit"), ("心理健康测评多久做一次", "frequency")])
def test_what_fills_the_asked_slot_comes_first(library: Library, question: str, slot: str) -> None:
    first = library.ask(question, today=TODAY).answers[0]
    assert first.duty is not None
    assert first.duty[slot], first


def test_a_report_to_named_bodies_is_shown_rather_than_one_to_somebody(library: Library) -> None:
    result = library.ask("孩子被侵害，情况严重，监护人要向哪些部门报告", region="湖南省/长沙市", today=TODAY)
    duty = next(a.duty for a in result.answers if a.provision == "hunan-measures-draft#art_12")
    assert duty is not None
    assert duty["recipients"] == ["教育、公安、民政、卫生健康、网信等有关部门"]


# -- a premise that the source contradicts


@pytest.mark.parametrize(("question", "said", "source"), [
    ("密切接触未成年人的单位发现孩子疑似被性侵，是不是要在24小时内报告？", "24小时内", "立即"),
    ("学校心理健康测评是每学期一次吗", "每学期一次", "每学年至少开展一次"),
    ("给初中生纹身，头一回就罚五十万元吗", "五十万元", "一万元以上三万元以下罚款"),
    ("壤塘强制报告是教育局牵头吧", "教育局", "县检察院"),
    ("工作人员犯罪记录查询，公安是不是十个工作日内给结果", "十个工作日内", "五个工作日内"),
    ("学校给学生做心理测评，每学期得做两次对吧", "每学期得做两次", "每学年至少开展一次"),
])
def test_a_false_premise_is_corrected_with_the_source(library: Library, question: str, said: str, source: str) -> None:
    result = library.ask(question, today=TODAY)
    assert wording.NOTE_PREMISE.format(said=said, source=source) in result.notes, (short(result), result.notes)


@pytest.mark.parametrize("question", [
    "给初中生纹身，头一回就罚两万元吗", "壤塘的强制报告是县检察院牵头吗", "公安5个工作日内给犯罪记录查询结果，对吗",
    "推进会是一年一次还是半年一次", "县法院牵头的是哪一项", "学校心理健康测评是每学年一次吗", "孩子三个月内的体检由谁做",
])
def test_a_premise_that_is_right_or_no_premise_gets_no_note(library: Library, question: str) -> None:
    beginning = wording.NOTE_PREMISE.split("{", maxsplit=1)[0]
    assert not [n for n in library.ask(question, today=TODAY).notes if n.startswith(beginning)]


@pytest.mark.parametrize("row", rows("slots", "premise"), ids=lambda r: r["id"])
def test_premise_rows(row: dict[str, list[str]]) -> None:
    assert all(stated(row, fold(e)) for e in row["yes"])
    assert not any(stated(row, fold(e)) for e in row["no"])


def test_may_one_without_a_modality_says_so(library: Library) -> None:
    result = library.ask("晋城的学校能不能不搞应急疏散演练", today=TODAY)
    assert wording.NOTE_MAY_UNSTATED in result.notes, short(result)
    result = library.ask("电竞酒店能不能接待未成年人", today=TODAY)
    assert wording.NOTE_MAY_UNSTATED not in result.notes
