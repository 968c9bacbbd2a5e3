"""Duty frames: a table of short sentences for every trap, and the invariants on the shipped documents."""

from typing import Any

import pytest

from tests.support import doc
from tiaowen.duty.frames import frames
from tiaowen.duty.parties import bodies
from tiaowen.model import Document, DutyFrame, Slot, Span

Expected = list[dict[str, Any]]


def statute(words: str) -> Document:
    return doc(f"第一条  【职责】\n{words}\n第二条  【其他】\n学校应当做好其他工作。\n")


def plan(words: str, *, tail: str = "（市民政局、市教育局按照职责分工负责）") -> Document:
    return doc(f"一、工作任务\n（一）加强保护\n1. 做好工作。{words}{tail}\n2. 其他工作。做好工作。{tail}\n")


def first_unit(document: Document) -> list[DutyFrame]:
    found = frames(document)
    return [f for f in found if f.provision == found[0].provision]


def value(frame: DutyFrame, key: str) -> Any:
    found = getattr(frame, key)
    if isinstance(found, Slot):
        return found.text
    if isinstance(found, tuple):
        return [one.text if isinstance(one, Slot) else one for one in found]
    return found


def check(document: Document, expected: Expected) -> None:
    found = first_unit(document)
    words = document.clean.text
    assert len(found) == len(expected), f"{words}\n" + "\n".join(f"{f.id} {f.action.text}" for f in found)
    for frame, wanted in zip(found, expected, strict=True):
        for key, want in wanted.items():
            assert value(frame, key) == want, f"{frame.id} {key} in {words[frame.start : frame.end]!r}"


BEARERS: list[tuple[str, str, Expected]] = [
    ("own subject", "乡镇人民政府、街道办事处应当设立工作站，配备督导员。",
     [{"bearer": "乡镇人民政府、街道办事处", "modality": "应当", "modality_word": "应当",
       "action": "设立工作站，配备督导员", "inherited": {}}]),
    ("subject before a half-width comma", "县级以上人民政府教育、公安、文化和旅游等部门以及人民法院,应当做好工作。",
     [{"bearer": "县级以上人民政府教育、公安、文化和旅游等部门以及人民法院"}]),
    ("any nouns that a head sums up", "旅馆、民宿、客栈等住宿经营者应当登记。",
     [{"bearer": "旅馆、民宿、客栈等住宿经营者"}]),
    ("carried across ；", "医疗机构应当建立台账；不得拒绝救治。",
     [{"bearer": "医疗机构", "inherited": {}},
      {"bearer": "医疗机构", "modality": "不得", "inherited": {"bearer": "t#art_1__para_1"}}]),
    ("bare verb after ； stays under the modal word", "医疗机构应当建立台账；定期开展培训。",
     [{}, {"modality": "应当", "modality_word": "应当", "frequency": "定期",
           "inherited": {"bearer": "t#art_1__para_1", "modality_word": "t#art_1__para_1"}}]),
    ("clause with its own subject", "学校应当开展教育，教育部门应当将其纳入考核。",
     [{"bearer": "学校"}, {"bearer": "教育部门", "action": "将其纳入考核"}]),
    ("subject in front of the case", "学校发现学生失踪的，应当立即向公安机关报告。",
     [{"bearer": "学校", "trigger": "发现学生失踪的", "time_limit": "立即", "recipients": ["公安机关"]}]),
    ("the case has another subject", "监护人死亡或者失踪的，民政部门应当依法进行临时监护。",
     [{"bearer": "民政部门", "trigger": "监护人死亡或者失踪的"}]),
    ("a person in need is no bearer", "学校应当关心学生；未成年学生受到伤害的，应当及时救助。",
     [{"bearer": "学校"}, {"bearer": "学校", "trigger": "未成年学生受到伤害的", "time_limit": "及时"}]),
    ("what is found is no second subject", "居民委员会等相关组织发现父母或者其他监护人拒绝履行职责时，应当予以劝阻。",
     [{"bearer": "居民委员会等相关组织", "trigger": "发现父母或者其他监护人拒绝履行职责时"}]),
    ("a thing as subject, its keeper afterwards", "娱乐场所使用的剧本应当设置提示，不得向未成年人出售。",
     [{"bearer": "娱乐场所"}, {"bearer": "娱乐场所", "inherited": {}}]),
    ("a thing that names no holder", "未成年人保护工作应当坚持家校协同。", [{"bearer": None, "inherited": {}}]),
    ("an office that is created has the duties after 负责", "居民委员会应当设立儿童主任，负责做好信息排查。",
     [{"bearer": "居民委员会"}, {"bearer": "儿童主任", "modality": "应当", "action": "负责做好信息排查"}]),
    ("the agent behind the modal word", "公安机关应当保护隐私；被害人是女性的，应当由女性工作人员进行。",
     [{"bearer": "公安机关"}, {"bearer": "女性工作人员", "trigger": "被害人是女性的"}]),
    ("the case holds for later members", "公安机关发现监护人拒不履行职责的，应当予以训诫，并可以责令其接受家庭教育指导。",
     [{"trigger": "发现监护人拒不履行职责的", "target": "监护人"},
      {"trigger": "发现监护人拒不履行职责的", "modality": "可以", "target": "监护人"}]),
    ("adverbial between subject and modal", "应急管理部门在救援过程中应当主动询问监护状况。",
     [{"bearer": "应急管理部门", "trigger": "在救援过程中"}]),
    ("no subject at all", "对羁押的未成年人，应当分别关押。",
     [{"bearer": None, "trigger": None, "condition": "对羁押的未成年人", "inherited": {}}]),
    ("a case without its 对", "对没有完成义务教育的，应当保证其继续接受教育。", [{"trigger": "没有完成义务教育的"}]),
    ("应当 inside 应急 and 相应 is no modal", "应急管理部门应当给予相应照顾。", [{"bearer": "应急管理部门"}]),
    ("a second subject takes up the first",
     "公安机关接到报告或者公安机关、人民法院在办案中发现监护人有上述情形的，应当予以训诫。",
     [{"bearer": "公安机关、人民法院", "target": "监护人"}]),
]

LIMITS: list[tuple[str, str, Expected]] = [
    ("number", "公安机关应当在收到申请之日起五个工作日内提供结果。",
     [{"time_limit": "五个工作日内", "limit_kind": "number", "limit_from": "收到申请之日起"}]),
    ("a limit that opens a later member holds for that one", "学校应当建立台账，每学期至少开展一次排查，并及时报告教育部门。",
     [{"frequency": None, "time_limit": None}, {"frequency": "每学期至少开展一次", "time_limit": None},
      {"time_limit": "及时", "frequency": None, "recipients": ["教育部门"]}]),
    ("a limit behind the modal word holds for the series", "学校应当及时制止，提供救助，通知监护人。", [{"time_limit": "及时"}]),
    ("number before word", "居民委员会应当及时记录，并于一个月内回访。",
     [{"time_limit": "及时", "limit_kind": "word"}, {"time_limit": "一个月内", "limit_kind": "number"}]),
    ("word", "学校应当适时通知父母或者其他监护人。", [{"time_limit": "适时", "recipients": ["父母或者其他监护人"]}]),
    ("first contact", "公安机关在首次接触被采取措施人员时，应当询问其子女状况。",
     [{"time_limit": "首次接触被采取措施人员时", "limit_kind": "event", "trigger": None}]),
    ("before an act", "学校处分学生前，应当听取申辩。",
     [{"bearer": "学校", "time_limit": "处分学生前", "limit_kind": "event"}]),
    ("other moments are triggers", "宾馆接待未成年人入住时，应当询问联系方式。",
     [{"bearer": "宾馆", "trigger": "接待未成年人入住时", "time_limit": None}]),
    ("a length of penalty is no limit", "对有关人员可以责令暂停一个月以上六个月以下执业活动。", [{"time_limit": None}]),
    ("即时通讯 is no limit", "任何组织或者个人不得利用即时通讯工具传播信息。", [{"time_limit": None}]),
    ("hours of the day are no limit", "网络平台不得在晚上10点到早上6点提供服务。", [{"time_limit": None}]),
    ("a limit inside the case is not the duty's", "监护人未及时履行职责的，学校应当劝告。", [{"time_limit": None}]),
    ("应于, an hour", "学校应于2小时内报告教育行政部门，24小时内报公安机关备案。",
     [{"bearer": "学校", "modality_word": "应", "time_limit": "2小时内", "recipients": ["教育行政部门"]},
      {"time_limit": "24小时内", "recipients": ["公安机关"]}]),
    ("须, after a bare task of the same subject",
     "居民委员会每季度至少走访一次家庭，发现监护缺失的，须在24小时内报告街道办事处。",
     [{"bearer": "居民委员会", "frequency": "每季度至少走访一次"},
      {"bearer": "居民委员会", "modality_word": "须", "time_limit": "24小时内", "trigger": "发现监护缺失的"}]),
    ("so often", "教育部门应当组织学校每学年至少开展一次测评。", [{"frequency": "每学年至少开展一次"}]),
    ("每年定期", "单位应当每年定期进行查询。", [{"frequency": "每年定期"}]),
]

PLANS: list[tuple[str, str, Expected]] = [
    ("bare verb takes the unit list", "加强宣传教育。",
     [{"modality": "任务", "modality_word": None, "bearer": "市民政局、市教育局", "units": ["市民政局", "市教育局"],
       "lead_units": [], "unit_mode": "joint", "inherited": {"bearer": "t#l1_1__l2_1__l3_1"}}]),
    ("own subject in a plan", "市属企业要增强责任意识。",
     [{"bearer": "市属企业", "modality": "应当", "modality_word": "要", "inherited": {}}]),
    ("重要 and 需要 hold no modal", "将其纳入重要议事日程，满足需要。", [{"modality": "任务"}]),
    ("mediated", "指导学校定期排查，及时发现隐患。",
     [{"mediated_by": "指导", "bearer": "市民政局、市教育局", "frequency": "定期", "time_limit": "及时"}]),
    ("mediated after another task", "完善制度，督促网络平台落实责任。",
     [{"mediated_by": None}, {"mediated_by": "督促", "bearer": "市民政局、市教育局"}]),
    ("the guided X stays object", "指导学校统一保管手机，学校明确保管场所。",
     [{"mediated_by": "指导", "bearer": "市民政局、市教育局"}]),
    ("引导 persons", "积极引导志愿者参与服务。", [{"mediated_by": "引导"}]),
    ("推动 X 做 Y", "推动各地将该项工作纳入考核。", [{"mediated_by": "推动"}]),
    ("推动 without X", "推动构建服务体系，推动形成合力。", [{"mediated_by": None}]),
    ("支持 X 做 Y", "支持用人单位为职工提供托育服务。",
     [{"modality": "鼓励", "mediated_by": None, "bearer": "用人单位", "object": "用人单位"}]),
    ("支持 a thing", "支持学校体育工作发展，优先支持培育社会组织。", [{"modality": "鼓励", "bearer": "市民政局、市教育局", "object": None}, {"modality": "任务"}]),
    ("encouraged in a plan", "鼓励有条件的地区开展帮扶。",
     [{"modality": "鼓励", "bearer": "有条件的地区", "hedges": ["有条件的地区"], "units": ["市民政局", "市教育局"]}]),
    ("倡导 in a plan", "倡导无烟家庭建设。", [{"modality": "任务"}]),
    ("on trial", "试点开展帮扶服务。", [{"hedges": ["试点"]}]),
    ("run-in headings come in series",
     "减少留守现象。引导农民工返乡创业就业，开展就业帮扶，提供就业服务。提高保障水平。落实基本生活保障，加强教育资助，做好临时救助工作。",
     [{"mediated_by": "引导", "object": "农民工"}, {"action": "落实基本生活保障，加强教育资助，做好临时救助工作"}]),
    ("组织 X 做 Y", "组织志愿者开展巡护，组织开展培训。", [{"mediated_by": "组织", "object": "志愿者"}]),
    ("with whom, then 组织 X", "会同卫健局组织所辖区域内的学校每学年至少开展一次测评。",
     [{"mediated_by": "组织", "object": "所辖区域内的学校", "frequency": "每学年至少开展一次"}]),
    ("the guided one is not named", "督促、支持起诉，加强宣传。", [{"mediated_by": "督促、支持", "object": None}]),
    ("explore", "积极探索长效机制，制定配套办法。",
     [{"modality": "鼓励", "modality_word": "探索", "hedges": ["探索"]}, {"modality": "任务", "hedges": []}]),
    ("in principle, two frequencies", "领导小组原则上每年召开一次会议，每半年召开一次推进会。",
     [{"bearer": "领导小组", "frequency": "原则上每年召开一次", "hedges": ["原则上"]}, {"frequency": "每半年召开一次"}]),
    ("frequency printed with a digit", "为监护人每年提供不少于1次指导服务。", [{"frequency": "每年提供不少于1次"}]),
    ("monthly", "社区网格员进行走访每月不少于2次。", [{"bearer": "社区网格员", "frequency": "每月不少于2次"}]),
    ("quarterly", "建立工作季报告机制。", [{"frequency": "季报告"}]),
    ("常态化 as a verb's manner, not as a mechanism's name", "常态化开展演练。健全常态化工作机制。",
     [{"frequency": "常态化"}, {"frequency": None}]),
    ("target year and figures", "2025年，覆盖率93%，患龋率下降至25%以下，近视率每年降低0.5个百分点以上。",
     [{"time_limit": "2025年", "limit_kind": "year", "figures": ["覆盖率93%", "25%以下", "每年降低0.5个百分点以上"],
       "frequency": None}]),
    ("到…年 in the middle", "培育社会组织，到2025年，实现全覆盖。", [{"time_limit": None}, {"time_limit": "到2025年"}]),
    ("a year in a title is none", "落实《行动计划（2021-2025年）》。", [{"time_limit": None, "limit_kind": None}]),
    ("hours of sport a day are a figure", "保障学生每天2小时体育活动。",
     [{"figures": ["每天2小时"], "time_limit": None, "frequency": None}]),
    ("an entitlement is no limit", "完善参保工作，自出生之日起可享受待遇。",
     [{"time_limit": None, "modality": "任务"}]),
    ("publishing is no reporting", "及时向社会公布典型案例。", [{"recipients": [], "time_limit": "及时"}]),
    ("event limit in a guided duty", "指导相关单位于员工入职前进行查询。",
     [{"mediated_by": "指导", "time_limit": "员工入职前", "limit_kind": "event"}]),
    ("a run-in heading is no duty", "铸魂行动。开展主题教育。", [{"action": "开展主题教育"}]),
]

OTHERS: list[tuple[str, str, Expected]] = [
    ("open list of recipients", "单位应当向教育、公安、民政等部门报告。",
     [{"recipients": ["教育、公安、民政等部门"], "recipient_bodies": ["教育", "公安", "民政"],
       "recipients_open": True}]),
    ("unnamed recipient", "学校应当采取措施并报告有关部门。",
     [{"recipients": ["有关部门"], "recipient_bodies": [], "recipients_open": False}]),
    ("whom a service is for is no recipient", "经营者不得向未成年人提供服务。", [{"recipients": []}]),
    ("told", "监护人应当主动告知学校、幼儿园相应情形。", [{"recipients": ["学校、幼儿园"]}]),
    ("asked", "单位招聘工作人员时，应当向公安机关、人民检察院查询记录；发现有记录的，不得录用。",
     [{"recipients": ["公安机关、人民检察院"], "trigger": "招聘工作人员时"},
      {"trigger": "发现有记录的", "modality": "不得"}]),
    ("a recipient in the case is not the duty's", "单位向公安机关申请查询的，公安机关应当提供结果。",
     [{"recipients": []}]),
    ("two limits, two duties", "酒店发现犯罪嫌疑的，应当立即向公安机关报告，并及时联系监护人。",
     [{"time_limit": "立即", "recipients": ["公安机关"]}, {"time_limit": "及时", "recipients": ["监护人"]}]),
    ("contacted", "监护人应当与居民委员会取得联系。", [{"recipients": ["居民委员会"], "recipient_bodies": ["居民委员会"]}]),
    ("penalty by an authority", "违反规定向未成年人售酒的，由市场监督管理部门责令改正，处一万元以上三万元以下罚款；"
     "拒不改正的，处三万元以上五万元以下罚款，对有关人员可以责令暂停执业；有违法所得的，没收违法所得。",
     [{"bearer": "市场监督管理部门", "amount": "一万元以上三万元以下罚款", "modality": "应当", "modality_word": None},
      {"bearer": "市场监督管理部门", "amount": "三万元以上五万元以下罚款", "inherited": {"bearer": "t#art_1__para_1"}},
      {"target": "有关人员", "modality": "可以", "amount": None},
      {"modality": "应当", "modality_word": None, "trigger": "有违法所得的"}]),
    ("the punished one is the target",
     "学校及其教职员工违反规定的，由教育等部门责令改正；情节严重的，对直接责任人员依法给予处分。",
     [{"bearer": "教育等部门", "target": "学校及其教职员工"}, {"bearer": "教育等部门", "target": "直接责任人员"}]),
    ("encouraged in a statute", "鼓励社会力量兴办活动场所。", [{"modality": "鼓励", "bearer": "社会力量"}]),
    ("forbidden in a statute", "禁止直播间展示低俗图片。",
     [{"modality": "不得", "modality_word": "禁止", "bearer": "直播间"}]),
    ("mediated in a statute", "街道办事处应当建立台账，指导村民委员会做好工作。",
     [{"mediated_by": None}, {"mediated_by": "指导", "bearer": "街道办事处", "modality": "应当"}]),
    ("agent behind 由", "具体规定由民政部门会同人民法院制定。", [{"bearer": "民政部门"}]),
    ("exception", "除国家法定节假日外，场所不得提供服务。",
     [{"trigger": "除国家法定节假日外", "modality": "不得", "exception": "除国家法定节假日外"}]),
    ("saved by another law", "学校应当公开信息，但是法律另有规定的除外。", [{"exception": "但是法律另有规定的除外"}]),
    ("consent", "机构不得公开信息；未经监护人同意，不得提供服务。",
     [{"condition": None}, {"condition": "未经监护人同意", "trigger": "未经监护人同意"}]),
    ("whom it reaches", "民政部门应当将符合条件的未成年人纳入保障范围。", [{"condition": "符合条件"}]),
    ("by reference to an article", "培训机构应当参照第二条规定，做好工作。", [{"by_reference": ["t#art_2"]}]),
    ("by reference to a text that is not there", "培训机构应当参照第九条规定，做好工作。", [{"by_reference": []}]),
    ("by reference to the whole text", "培训机构应当参照本办法规定做好工作。", [{"by_reference": ["t"]}]),
]


@pytest.mark.parametrize(("name", "words", "expected"), [*BEARERS, *LIMITS, *OTHERS], ids=lambda v: str(v)[:30])
def test_statute_sentence(name: str, words: str, expected: Expected) -> None:
    check(statute(words), expected)


@pytest.mark.parametrize(("name", "words", "expected"), PLANS, ids=lambda v: str(v)[:30])
def test_plan_sentence(name: str, words: str, expected: Expected) -> None:
    check(plan(words), expected)


@pytest.mark.parametrize("words", [
    "本办法所称儿童是指不满十四周岁的人。", "根据有关法律，制定本办法。", "本办法自2023年1月1日起施行。",
    "有下列行为之一的，认定为欺凌：\n（一）殴打他人；\n（二）辱骂他人。"])
def test_no_duty_where_none_is_set(words: str) -> None:
    assert [f.provision for f in frames(statute(words))] == ["art_2"], words


def test_items_take_the_chapeau() -> None:
    check(statute("监护人应当履行下列职责：\n（一）保障安全；\n（二）及时制止不良行为。"), [
        {"bearer": "监护人", "at": "art_1__para_1", "inherited": {}},
        {"bearer": "监护人", "at": "art_1__para_1__item_1", "modality": "应当", "action": "保障安全",
         "inherited": {"bearer": "t#art_1__para_1", "modality_word": "t#art_1__para_1"}},
        {"at": "art_1__para_1__item_2", "time_limit": "及时"}])


def test_items_that_are_cases_are_no_duties() -> None:
    check(statute("单位发现下列情形的，应当立即报告有关部门：\n（一）受伤的；\n（二）失踪的。"),
          [{"trigger": "发现下列情形的", "time_limit": "立即"}])


def test_items_that_are_forbidden() -> None:
    check(statute("监护人不得实施下列行为：\n（一）虐待未成年人；\n（二）迫使应当上学的未成年人辍学。"),
          [{"modality": "不得"}, {"modality": "不得"}, {"modality": "不得", "bearer": "监护人"}])


def test_a_chapter_that_is_extended_by_reference() -> None:
    found = frames(doc("第一章  学校保护\n第一条  【职责】\n学校应当做好工作。\n第二条  【其他机构】\n"
                       "培训机构等应当参照本章有关规定，做好工作。\n"))
    assert [f.by_reference for f in found] == [(), ("t#chp_1",)]


def test_goals_are_tasks() -> None:
    found = frames(doc("一、总体目标\n到2025年，机制基本形成。争创全国示范区。\n二、任务\n1.做好工作。加强宣传。\n"))
    assert [(f.provision, f.modality, f.limit_kind) for f in found][:2] == [("l1_1", "任务", "year"), ("l1_1", "任务", None)]


def test_no_unit_list_no_bearer() -> None:
    check(plan("加强宣传教育。", tail=""), [{"bearer": None, "units": [], "unit_mode": None, "inherited": {}}])


def test_lead_and_assisting_units() -> None:
    words = "一、任务\n1.做好工作。加强宣传。\n责任单位:民政局,县法院、妇联(逗号前为牵头部门,下同)\n"
    check(doc(words), [{"bearer": "民政局,县法院、妇联", "lead_units": ["民政局"],
                        "units": ["民政局", "县法院", "妇联"], "unit_mode": "lead"}])


@pytest.mark.parametrize("words", [
    "", "\n", "。。；；", "第一条", "应当", "第一条  【甲】\n应当。\n第二条  【乙】\n，；的，应当",
    "一、任务\n1.（）。：；\n责任单位:民政局\n", "第一条  【甲】\n《应当（“。”"])
def test_odd_text_is_never_refused(words: str) -> None:
    document = doc(words)
    assert all(f.action.text == document.cut(Span(f.action.start, f.action.end)) for f in frames(document))


@pytest.mark.parametrize(("phrase", "expected"), [
    ("教育、公安、民政等部门", ("教育", "公安", "民政")),
    ("教育、公安、民政等有关部门", ("教育", "公安", "民政")),
    ("公安、文化和旅游等部门", ("公安", "文化和旅游")),
    ("有关部门", ()), ("相关部门", ()),
    ("未成年人居住地的民政部门", ("民政部门",)),
    ("当地未成年人救助保护机构", ("未成年人救助保护机构",)),
    ("父母或者其他监护人", ("父母或者其他监护人",)),
    ("经常居住地的村民委员会、居民委员会和所在学校、幼儿园", ("村民委员会", "居民委员会", "学校", "幼儿园")),
])
def test_bodies(phrase: str, expected: tuple[str, ...]) -> None:
    assert bodies(phrase) == expected


def slots(frame: DutyFrame) -> list[Slot]:
    single = (frame.action, frame.bearer, frame.modality_word, frame.trigger, frame.time_limit, frame.frequency,
              frame.mediated_by, frame.amount, frame.target, frame.object, frame.condition, frame.exception, frame.limit_from)
    return [s for s in (*single, *frame.recipients, *frame.figures, *frame.hedges) if s]


def test_every_slot_is_a_slice(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for frame in frames(document):
            for slot in slots(frame):
                assert document.clean.text[slot.start : slot.end] == slot.text, f"{frame.id} {slot}"
                inside = frame.start <= slot.start and slot.end <= frame.end
                assert inside or (slot in (frame.bearer, frame.modality_word) and frame.inherited), f"{frame.id} {slot}"


def test_frames_stand_in_their_place(documents: dict[str, Document]) -> None:
    for document in documents.values():
        found = frames(document)
        assert len({f.id for f in found}) == len(found)
        assert [f.start for f in found] == sorted(f.start for f in found)
        for frame in found:
            for eid in (frame.provision, frame.at):
                full = document.get(eid).full
                assert full.start <= frame.start < frame.end <= full.end, frame.id
            for full_id in frame.inherited.values():
                assert document.get(full_id.partition("#")[2]), frame.id
            assert document.clean.text[frame.end - 1] in "。；;：:" or frame.at.endswith("p_1"), frame.id


def test_every_task_with_units_has_a_frame(documents: dict[str, Document]) -> None:
    for document in documents.values():
        with_units = {p.eid for p in document.provisions if p.units}
        assert with_units <= {f.provision for f in frames(document)}, document.meta.id


def test_frames_are_the_same_twice(documents: dict[str, Document]) -> None:
    first = {key: frames(document) for key, document in documents.items()}
    assert {key: frames(document) for key, document in documents.items()} == first
