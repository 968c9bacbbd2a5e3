"""What a text says of itself: made-up heads of every level, each fact with its words; the five documents."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import FIVE
from tiaowen.model import Document
from tiaowen.parse.detect import detect, valid_until
from tiaowen.parse.found import Detected, to_date
from tiaowen.parse.issuers import region_of
from tiaowen.parse.own_title import bare

TODAY = date(2026, 11, 1)
BODY = "\n第一章 总则\n第一条 为了保护未成年人，制定本规定。\n第二条 未成年人受保护。\n"
PLAN = "\n为做好工作，制定本方案。\n一、目标\n做好工作。\n二、任务\n做好工作。\n"


def seen(text: str) -> Detected:
    found = detect(text, today=TODAY)
    for fact in found.facts:
        assert text[fact.start : fact.end] == fact.quote, fact
    return found


Wanted = dict[str, str | None]
HEADS: dict[str, tuple[str, Wanted]] = {
    "law": (
        "中华人民共和国儿童安全法\n（1991年9月4日第七届全国人民代表大会常务委员会第二十一次会议通过　2006年12月29日第十届全国人民代表大会常务委员会第二十五次会议第一次修订\n"
        "2020年10月17日第十三届全国人民代表大会常务委员会第二十二次会议第二次修订）" + BODY + "第三条 本法自2021年6月1日起施行。\n",
        {"title": "中华人民共和国儿童安全法", "level": "法律", "issuer": "全国人民代表大会常务委员会", "adopted": "1991-09-04",
         "amended": "2020-10-17", "in_force": "2021-06-01", "region": "全国", "status": "issued", "stage": None}),
    "law by order": (
        "中华人民共和国主席令\n第五十七号\n《中华人民共和国儿童安全法》已由中华人民共和国第十三届全国人民代表大会常务委员会第二十二次会议于2020年10月17日修订通过，"
        "现予公布，自2021年6月1日起施行。\n中华人民共和国主席　某某\n2020年10月17日\n中华人民共和国儿童安全法\n" + BODY,
        {"title": "中华人民共和国儿童安全法", "document_number": "中华人民共和国主席令第五十七号", "level": "法律", "issued": "2020-10-17",
         "in_force": "2021-06-01", "region": "全国", "status": "issued"}),
    "law amended by year": ("中华人民共和国儿童安全法（2024年修正）" + BODY, {"title": "中华人民共和国儿童安全法", "level": None, "status": None}),
    "decision of the congress": (
        "全国人民代表大会常务委员会关于设立儿童日的决定\n（2019年10月26日第十三届全国人民代表大会常务委员会第十四次会议通过）\n会议决定：\n一、每年一天。\n二、自公布之日起施行。\n",
        {"title": "全国人民代表大会常务委员会关于设立儿童日的决定", "level": "法律", "adopted": "2019-10-26", "issuer": "全国人民代表大会常务委员会"}),
    "law draft": ("中华人民共和国儿童安全法（草案）" + BODY, {"stage": "草案", "status": "draft", "level": None, "region": "全国"}),
    "law draft read twice": (
        "中华人民共和国儿童安全法\n（修订草案二次审议稿）" + BODY, {"title": "中华人民共和国儿童安全法", "stage": "修订草案二次审议稿", "status": "draft"}),
    "regulation": (
        "中华人民共和国国务院令\n第766号\n《儿童网络安全条例》已经2023年9月20日国务院第15次常务会议通过，现予公布，自2024年1月1日起施行。\n总理　某某\n2023年10月16日\n"
        "儿童网络安全条例\n" + BODY,
        {"title": "儿童网络安全条例", "document_number": "中华人民共和国国务院令第766号", "issuer": "国务院", "level": "行政法规", "issued": "2023-10-16",
         "in_force": "2024-01-01", "region": "全国"}),
    "regulation with note": (
        "儿童网络安全条例\n（2005年6月6日中华人民共和国国务院令第436号公布　根据2013年7月18日《国务院关于修改部分行政法规的决定》修订）" + BODY,
        {"level": "行政法规", "document_number": "中华人民共和国国务院令第436号", "issued": "2005-06-06", "amended": "2013-07-18", "issuer": "国务院"}),
    "approved by the state council": (
        "儿童用品管理办法\n1991年4月1日国务院批准\n1991年4月22日民政部令第6号发布\n自发布之日起施行" + BODY,
        {"level": "行政法规", "document_number": "民政部令第6号", "issuer": "民政部", "issued": "1991-04-22"}),
    "short dates": ("儿童用品规定\n2013年4月8日国务院第9次常务会议通过\n2013年5月4日施行\n" + BODY, {"adopted": "2013-04-08", "in_force": "2013-05-04", "level": "行政法规"}),
    "revised and adopted": ("儿童用品条例\n（1997年1月4日中华人民共和国国务院令第2号公布　2017年6月4日国务院第176次常务会议修订通过）\n" + BODY,
                            {"issued": "1997-01-04", "amended": "2017-06-04", "adopted": None, "level": "行政法规"}),
    "regulation ahead": (
        "儿童网络安全条例\n（2026年9月1日国务院第9次常务会议通过）" + BODY + "第三条 本条例自2027年1月1日起施行。\n",
        {"level": "行政法规", "in_force": "2027-01-01", "status": "not_yet_in_force"}),
    "judicial": (
        "最高人民法院　最高人民检察院\n关于办理侵害儿童案件适用法律若干问题的解释\n法释〔2023〕3号\n（2023年1月3日最高人民法院审判委员会第1878次会议、"
        "2023年3月2日最高人民检察院第十三届检察委员会第一百一十四次会议通过，自2023年6月1日起施行）\n为依法办案，解释如下：" + BODY,
        {"title": "最高人民法院最高人民检察院关于办理侵害儿童案件适用法律若干问题的解释", "level": "司法解释", "document_number": "法释〔2023〕3号",
         "in_force": "2023-06-01", "region": "全国", "adopted": "2023-01-03"}),
    "the title comes twice": ("最高人民法院关于审理侵害儿童案件的规定（一）\n\n最高人民法院\n关于审理侵害儿童案件的\n规定（一）\n法释〔2022〕8号\n" + BODY,
                              {"title": "最高人民法院关于审理侵害儿童案件的规定（一）", "document_number": "法释〔2022〕8号", "level": "司法解释"}),
    "judicial by title": ("最高人民法院关于审理侵害儿童案件的规定（一）" + BODY, {"level": "司法解释", "issuer": "最高人民法院", "status": None, "region": "全国"}),
    "joint opinion of courts and ministries": (
        "最高人民法院　最高人民检察院　公安部　司法部\n关于依法惩治侵害儿童犯罪的意见\n2023年5月24日" + PLAN, {"level": None, "region": "全国", "issued": "2023-05-24"}),
    "supervision": ("国家监察委员会公告\n第1号\n《监察办法》已经2021年7月20日国家监察委员会全体会议决定，现予公布。\n国家监察委员会\n2021年9月20日\n监察办法" + BODY,
                    {"level": "监察法规", "issuer": "国家监察委员会", "document_number": "国家监察委员会公告第1号", "region": "全国"}),
    "ministry": (
        "中华人民共和国教育部令\n第50号\n《儿童学校保护规定》已经2021年5月25日教育部第1次部务会议审议通过，现予公布，自2021年9月1日起施行。\n教育部部长　某某\n2021年6月1日\n"
        "儿童学校保护规定" + BODY,
        {"title": "儿童学校保护规定", "level": "部门规章", "issuer": "教育部", "document_number": "中华人民共和国教育部令第50号", "issued": "2021-06-01", "in_force": "2021-09-01",
         "region": "全国", "status": "issued"}),
    "ministry with note": ("儿童网络规定\n（2019年8月22日国家互联网信息办公室令第4号公布，自2019年10月1日起施行）" + BODY,
                           {"level": "部门规章", "issuer": "国家互联网信息办公室", "document_number": "国家互联网信息办公室令第4号", "in_force": "2019-10-01"}),
    "ministry normative": (
        "民政部关于印发《儿童福利机构管理办法》的通知\n民发〔2021〕44号\n各省、自治区、直辖市民政厅（局）：\n现将《儿童福利机构管理办法》印发给你们，请遵照执行。\n民政部\n2021年6月1日\n儿童福利机构管理办法" + BODY,
        {"title": "儿童福利机构管理办法", "level": "行政规范性文件", "issuer": "民政部", "document_number": "民发〔2021〕44号", "issued": "2021-06-01", "region": "全国"}),
    "joint notice": (
        "关于加强困境儿童工作的意见\n民发〔2020〕125号\n各省民政厅：\n一、做好工作。\n二、做好工作。\n民政部　　教育部　　公安部\n2020年12月24日\n",
        {"title": "关于加强困境儿童工作的意见", "issuer": "民政部、教育部、公安部", "level": "工作文件", "region": "全国", "issued": "2020-12-24"}),
    "state council opinion": ("国务院关于加强儿童工作的意见\n国发〔2016〕13号\n各省、自治区、直辖市人民政府：\n" + PLAN + "国务院\n2016年2月4日\n",
                              {"level": "工作文件", "document_number": "国发〔2016〕13号", "issuer": "国务院", "issued": "2016-02-04", "region": "全国"}),
    "party and government": ("中共中央办公厅　国务院办公厅印发《关于减轻学生负担的意见》\n关于减轻学生负担的意见\n" + PLAN + "中共中央办公厅\n国务院办公厅\n2021年7月24日\n",
                             {"title": "关于减轻学生负担的意见", "level": "党内规范性文件", "region": "全国"}),
    "local party": ("中共晋城市委办公室文件\n晋市办发〔2021〕9号\n关于加强儿童工作的实施意见\n" + PLAN,
                    {"title": "关于加强儿童工作的实施意见", "level": "党内规范性文件", "issuer": "中共晋城市委办公室", "region": "山西省/晋城市"}),
    "provincial regulation": (
        "湖南省儿童安全条例\n（2021年9月29日湖南省第十三届人民代表大会常务委员会第二十六次会议通过）" + BODY + "第三条 本条例自2022年1月1日起施行。\n",
        {"level": "地方性法规", "issuer": "湖南省人民代表大会常务委员会", "region": "湖南省", "adopted": "2021-09-29", "in_force": "2022-01-01", "status": "issued"}),
    "办法 of a congress": (
        "湖南省实施《中华人民共和国儿童安全法》办法\n（2021年9月29日湖南省第十三届人民代表大会常务委员会第二十六次会议通过　2024年5月30日湖南省第十四届人民代表大会常务委员会第十次会议修订）" + BODY,
        {"title": "湖南省实施〈中华人民共和国儿童安全法〉办法", "level": "地方性法规", "region": "湖南省", "amended": "2024-05-30"}),
    "announcement of a congress": (
        "湖南省第十四届人民代表大会常务委员会公告\n第21号\n《湖南省儿童若干规定》已于2024年5月30日经湖南省第十四届人民代表大会常务委员会第十次会议通过，现予公布，自2024年7月1日起施行。\n"
        "湖南省人民代表大会常务委员会\n2024年5月30日\n湖南省儿童若干规定" + BODY,
        {"title": "湖南省儿童若干规定", "level": "地方性法规", "issuer": "湖南省人民代表大会常务委员会", "issued": "2024-05-30", "in_force": "2024-07-01",
         "document_number": "湖南省第十四届人民代表大会常务委员会公告第21号", "region": "湖南省"}),
    "city regulation": (
        "长沙市儿童安全条例\n（2021年4月2日长沙市第十五届人民代表大会常务委员会第四十次会议通过　2021年5月27日湖南省第十三届人民代表大会常务委员会第二十四次会议批准）" + BODY,
        {"level": "地方性法规", "issuer": "长沙市人民代表大会常务委员会", "region": "湖南省/长沙市", "adopted": "2021-04-02"}),
    "special zone": ("深圳经济特区儿童安全条例\n（2021年4月2日深圳市第七届人民代表大会常务委员会第一次会议通过）" + BODY, {"level": "地方性法规", "region": "广东省/深圳市"}),
    "autonomous county": ("某某族自治县自治条例\n（1989年4月2日某某族自治县第三届人民代表大会第三次会议通过　1989年9月1日湖南省第七届人民代表大会常务委员会第十次会议批准）" + BODY,
                          {"level": "自治条例和单行条例", "adopted": "1989-04-02"}),
    "prefecture congress": ("阿坝藏族羌族自治州儿童保护条例\n（2019年4月2日阿坝藏族羌族自治州第十二届人民代表大会第三次会议通过）" + BODY, {"level": None, "region": "四川省/阿坝州"}),
    "prefecture committee": ("阿坝藏族羌族自治州儿童保护条例\n（2019年4月2日阿坝藏族羌族自治州第十二届人民代表大会常务委员会第三次会议通过）" + BODY, {"level": "地方性法规"}),
    "provincial rule": (
        "浙江省人民政府令\n第388号\n《浙江省校车办法》已经省人民政府第62次常务会议审议通过，现予公布，自2021年10月1日起施行。\n省长　某某\n2021年8月16日\n浙江省校车办法" + BODY,
        {"title": "浙江省校车办法", "level": "地方政府规章", "issuer": "浙江省人民政府", "document_number": "浙江省人民政府令第388号", "issued": "2021-08-16", "region": "浙江省"}),
    "provincial rule with note": ("浙江省校车办法\n（2021年8月16日浙江省人民政府令第388号公布　自2021年10月1日起施行）" + BODY,
                                  {"level": "地方政府规章", "issuer": "浙江省人民政府", "in_force": "2021-10-01", "region": "浙江省"}),
    "county order": ("安吉县人民政府令\n第3号\n安吉县校车规定" + BODY, {"level": "行政规范性文件", "region": None, "issuer": "安吉县人民政府"}),
    "county below its city": ("浙江省湖州市安吉县人民政府关于印发《校车管理规定》的通知\n安政发〔2021〕3号\n现印发给你们。\n浙江省湖州市安吉县人民政府\n2021年3月1日\n校车管理规定" + BODY,
                              {"level": "行政规范性文件", "region": "浙江省/湖州市/安吉县"}),
    "normative number": ("湖南省人民政府办公厅关于印发《湖南省困境儿童保障工作方案》的通知\n湘政办规〔2022〕1号\n现印发给你们，请认真组织实施。\n湖南省人民政府办公厅\n2022年1月5日\n湖南省困境儿童保障工作方案" + PLAN,
                         {"level": "行政规范性文件", "document_number": "湘政办规〔2022〕1号", "status": "issued"}),
    "notice with attachment": (
        "晋城市民政局文件\n晋市民发〔2022〕8号\n晋城市民政局关于印发晋城市儿童主任工作指引的通知\n各县（市、区）民政局：\n现将《晋城市儿童主任工作指引》印发给你们，请认真贯彻执行。\n"
        "附件：晋城市儿童主任工作指引\n晋城市民政局\n2022年3月8日\n附件\n晋城市儿童主任工作指引" + PLAN,
        {"title": "晋城市儿童主任工作指引", "level": "工作文件", "issuer": "晋城市民政局", "document_number": "晋市民发〔2022〕8号", "issued": "2022-03-08", "region": "山西省/晋城市"}),
    "a notice of its own": ("长沙市教育局关于做好暑期安全工作的通知\n长教通〔2023〕5号\n各区县（市）教育局：\n" + PLAN + "长沙市教育局\n2023年6月20日\n",
                            {"title": "长沙市教育局关于做好暑期安全工作的通知", "level": "工作文件", "issuer": "长沙市教育局", "issued": "2023-06-20", "region": "湖南省/长沙市"}),
    "consultation": (
        "关于公开征求《湖南省儿童安全办法（征求意见稿）》意见的公告\n现将《湖南省儿童安全办法（征求意见稿）》公布，公开征求意见。\n湖南省司法厅\n2023年8月1日\n湖南省儿童安全办法\n（征求意见稿）" + BODY,
        {"title": "湖南省儿童安全办法", "stage": "征求意见稿", "status": "draft", "issuer": None, "issued": None, "level": None, "region": "湖南省"}),
    "consultation of a congress": (
        "关于征求《湖南省儿童安全条例（修订草案）》意见的公告\n湖南省人大常委会对《湖南省儿童安全条例（修订草案）》进行了初次审议。\n湖南省儿童安全条例（修订草案）" + BODY,
        {"title": "湖南省儿童安全条例", "stage": "修订草案", "status": "draft", "level": "地方性法规"}),
    "draft without brackets": ("湖南省儿童安全条例修订草案\n" + BODY, {"title": "湖南省儿童安全条例", "stage": "修订草案", "status": "draft"}),
    "draft for review": ("长沙市儿童安全办法（送审稿）" + BODY, {"stage": "送审稿", "status": "draft", "region": "湖南省/长沙市"}),
    "repealed": ("湖南省儿童安全办法（已废止）\n（2001年1月1日湖南省人民政府令第9号公布）" + BODY,
                 {"title": "湖南省儿童安全办法", "status": "repealed", "level": "地方政府规章"}),
    "repealed by label": ("索引号：0001\n发布机构：长沙市民政局\n有效性：失效\n发文字号：长民发〔2012〕3号\n成文日期：2012年3月1日\n长沙市儿童工作方案" + PLAN,
                          {"title": "长沙市儿童工作方案", "status": "expired", "issuer": "长沙市民政局", "document_number": "长民发〔2012〕3号", "issued": "2012-03-01"}),
    "trial is no stage": ("湖南省儿童安全规定（试行）\n（2021年8月16日湖南省人民政府令第8号公布）" + BODY, {"title": "湖南省儿童安全规定（试行）", "stage": None, "status": "issued"}),
    "chinese figures": ("湖南省儿童安全规定\n（二○二一年八月十六日湖南省人民政府令第8号公布）" + BODY + "第三条 本规定自二〇二一年十月一日起施行。\n", {"issued": "2021-08-16", "in_force": "2021-10-01"}),
    "from publication": ("湖南省儿童安全规定\n（2021年8月16日湖南省人民政府令第8号公布）" + BODY + "第三条 本规定自公布之日起施行。\n", {"in_force": "2021-08-16"}),
    "thirty days later": ("湖南省儿童安全规定\n（2021年8月16日湖南省人民政府令第8号公布）" + BODY + "第三条 本规定自公布之日起30日后施行。\n", {"in_force": None}),
    "an open date": ("湖南省儿童安全办法（草案）" + BODY + "第三条 本办法自2023年  月  日起施行。\n", {"in_force": None, "stage": "草案"}),
    "nothing stated": ("校园安全承诺" + BODY, {"title": "校园安全承诺", "level": None, "issuer": None, "status": None, "region": None, "issued": None}),
    "another text in the preamble": (
        "晋城市儿童工作方案\n为贯彻《中华人民共和国儿童安全法》（2020年10月17日第十三届全国人民代表大会常务委员会第二十二次会议修订）和《国务院关于加强工作的意见》（国发〔2016〕13号），制定本方案。\n一、甲\n二、乙\n",
        {"title": "晋城市儿童工作方案", "level": None, "document_number": None, "adopted": None, "status": None, "region": "山西省/晋城市"}),
    "an ambiguous district": ("城区儿童工作方案" + PLAN, {"region": None, "title": "城区儿童工作方案"}),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name: str) -> None:
    text, wanted = HEADS[name]
    found = seen(text)
    assert {key: found.words(key) for key in wanted} == wanted, [(f.key, f.value, f.rule) for f in found.facts]


def test_there_are_enough_heads() -> None:
    assert len(HEADS) >= 40
    levels = {wanted["level"] for _, wanted in HEADS.values() if wanted.get("level")}
    assert len(levels) == 11, levels


# -- the five documents

STATED = {
    "hunan-measures-draft": {"title", "stage", "region", "status"},
    "jincheng-plan-2021": {"title", "document_number", "issuer", "level", "region", "status", "issued"},
    "national-opinions-2021": {"title", "document_number", "issuer", "level", "region", "status", "issued"},
    "rangtang-opinions-2022": {"title", "document_number", "issuer", "level", "region", "status", "issued"},
    "yuexiu-plan-draft": {"title", "stage", "region", "status"},
}


@pytest.mark.parametrize("identity", FIVE)
def test_the_five_state_what_their_meta_says(identity: str, documents: dict[str, Document]) -> None:
    document = documents[identity]
    found, meta = seen(document.clean.text), document.meta
    known = {"title": meta.title, "stage": meta.stage, "document_number": meta.document_number, "issuer": meta.issuer, "level": meta.level,
             "region": meta.region, "issued": str(meta.dates.issued)}
    assert {f.key for f in found.facts} == STATED[identity]
    for fact in found.facts:
        if fact.key == "status":
            assert meta.status.startswith(str(fact.value))
            assert meta.status_evidence and fact.quote == meta.status_evidence.quote
        else:
            assert str(fact.value) == known[fact.key], f"{identity}: {fact}"


# -- pieces


@pytest.mark.parametrize(("words", "title", "stage"), [
    ("《某市条例（草案）》", "某市条例", "草案"), ("某市条例（草案征求意见稿）", "某市条例", "草案征求意见稿"), ("《某省实施《某法》办法》", "某省实施〈某法〉办法", None),
    ("实施《某法》若干问题的《规定》", "实施〈某法〉若干问题的〈规定〉", None), ("某市条例(2018年修订)", "某市条例", None), ("草案", "草案", None),
    ("某规划（2021—2030年）", "某规划（2021—2030年）", None), ("某修正案（1988年）", "某修正案（1988年）", None),
])
def test_bare_titles(words: str, title: str, stage: str | None) -> None:
    assert bare(words) == (title, stage)


@pytest.mark.parametrize(("words", "day"), [
    ("2021年10月14日", date(2021, 10, 14)), ("二〇二一年十月十四日", date(2021, 10, 14)), ("二○○五年三月二十一日", date(2005, 3, 21)), ("2021-10-14", date(2021, 10, 14)),
    ("2021年13月1日", None), ("2021年  月  日", None), ("二〇二一年", None),
])
def test_dates(words: str, day: date | None) -> None:
    assert to_date(words) == day


@pytest.mark.parametrize(("words", "path"), [
    ("湖南省人民政府", "湖南省"), ("广州市越秀区人民政府", "广东省/广州市/越秀区"), ("四川省阿坝藏族羌族自治州壤塘县", "四川省/阿坝州/壤塘县"), ("中共晋城市委", "山西省/晋城市"),
    ("浙江省湖州市安吉县人民政府", "浙江省/湖州市/安吉县"), ("安吉县人民政府", None), ("国务院", None), ("某某", None), ("", None),
])
def test_regions(words: str, path: str | None) -> None:
    assert region_of(words) == path


def test_until_when_a_text_applies() -> None:
    found = valid_until("第九条 本办法自2021年1月1日起施行，有效期至2025年12月31日。")
    assert found and found.value == date(2025, 12, 31) and found.quote.startswith("有效期至")
    assert valid_until("有效期五年") is None


@pytest.mark.parametrize("text", ["", "\n\n", "。", "（", "《", "2021年10月14日", "第一条 甲。\n第二条 乙。", "附件", "\ufeff", "令\n第一号", "关于印发《》的通知", "《" * 3000, "（2021年" * 2000])
def test_odd_texts_do_no_harm(text: str) -> None:
    seen(text)


@given(st.lists(st.sampled_from([
    "某省人民政府令", "第3号", "《某省办法》已经审议通过，现予公布。", "某省办法", "（征求意见稿）", "（2021年1月2日某省人民政府令第3号公布）", "2021年1月2日", "附件", "", "湖南省人民政府",
    "关于印发《某省办法》的通知", "第一条 甲。", "一、甲", "本办法自2022年1月1日起施行。", "　", "（", "》", "索引号：1", "民政部　教育部", "省长　某某", "目录", "某政发〔2021〕3号"]), max_size=14))
def test_any_order_of_lines_gives_facts_with_their_words(parts: list[str]) -> None:
    seen("\n".join(parts))


def test_no_rule_claims_to_be_in_force(tmp_path: Path) -> None:
    assert "in_force" not in {str(seen(text).words("status")) for text, _ in HEADS.values()}
