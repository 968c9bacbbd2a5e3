"""Adding and removing: what is shown, what is written, what is left alone when something fails."""

import io
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support import write_corpus
from tiaowen import adding, build, cli, metafile
from tiaowen.errors import CorpusError, EncoderError, ReadError, UsageError
from tiaowen.library import Library
from tiaowen.model import Meta
from tiaowen.parse.source import read_meta
from tiaowen.parse.versions import like_work, same_work
from tiaowen.proposal import Proposal, propose, spelled
from tiaowen.trial import read, settings

TODAY = date(2026, 11, 1)
BODY = "第一条 学校应当每学期至少开展一次安全教育。\n第二条 学校发现学生受到侵害的，应当立即向公安机关报告。\n"
DRAFT = "湖南省儿童安全条例\n（征求意见稿）\n" + BODY + "第三条 本条例自2023年  月  日起施行。\n"
FINAL = "湖南省儿童安全条例\n（2024年5月30日湖南省第十四届人民代表大会常务委员会第十次会议通过）\n" + BODY + "第三条 本条例自2024年7月1日起施行。\n"
REVISED = ("湖南省儿童安全条例\n（2024年5月30日湖南省第十四届人民代表大会常务委员会第十次会议通过　2026年3月1日湖南省第十四届人民代表大会常务委员会第三十次会议修订）\n" + BODY
           + "第三条 本条例自2026年5月1日起施行。\n")
REVISING = "湖南省儿童安全条例\n（修订草案）\n" + BODY + "第三条 本条例自2025年  月  日起施行。\n"
LAW = ("中华人民共和国反家庭暴力法\n（2015年12月27日第十二届全国人民代表大会常务委员会第十八次会议通过）\n" + BODY + "第三条 本法自2016年3月1日起施行。\n")
OTHER = ('title = "某市方案"\nregion = "全国"', "某市方案\n一、目标\n做好工作。\n二、任务\n做好工作。\n")

Put = Callable[..., Proposal]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", {"other": OTHER})


@pytest.fixture
def put(corpus: Path, tmp_path: Path) -> Put:
    """Add a text to the corpus and return the proposal that was carried out."""

    def run(text: str, name: str = "a.txt", **options: object) -> Proposal:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        proposal = propose(file, corpus, today=TODAY, **options)  # type: ignore[arg-type]
        adding.add([proposal], corpus, tmp_path / "index")
        return proposal

    return run


def snapshot(*folders: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for folder in folders for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_file_becomes_a_document(put: Put, corpus: Path, tmp_path: Path) -> None:
    proposal = put(FINAL, "收到的 文件.txt")
    assert proposal.meta.id == "hunan-regulations-2024"
    folder = corpus / "hunan-regulations-2024"
    assert (folder / "收到的 文件.txt").read_text(encoding="utf-8") == FINAL
    meta = read_meta(folder)
    assert (meta.title, meta.level, meta.region, meta.status) == ("湖南省儿童安全条例", "地方性法规", "湖南省", "issued")
    assert (meta.dates.adopted, meta.dates.in_force) == (date(2024, 5, 30), date(2024, 7, 1))
    assert meta.aliases == ("湖南条例", "湖南省条例") and meta.stage is None and meta.document_number is None
    library = Library(index=tmp_path / "index", corpus=corpus)
    assert not library.stale
    assert library.ask("湖南条例第二条").answers[0].provision == "hunan-regulations-2024#art_2"
    assert not [i for i in library.document(meta.id).issues if i.code in ("meta_differs", "sha256_differs")]


def test_the_same_bytes_are_refused_with_the_name_of_the_first(put: Put, corpus: Path, tmp_path: Path) -> None:
    put(FINAL)
    (tmp_path / "again.md").write_text(FINAL, encoding="utf-8")
    before = snapshot(corpus)
    with pytest.raises(CorpusError, match=r"hunan-regulations-2024 《湖南省儿童安全条例》"):
        propose(tmp_path / "again.md", corpus, today=TODAY)
    assert snapshot(corpus) == before


def test_the_same_bytes_twice_in_one_call(corpus: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(FINAL, encoding="utf-8")
    first = propose(files[0], corpus, today=TODAY)
    with pytest.raises(CorpusError, match="hunan-regulations-2024"):
        propose(files[1], corpus, today=TODAY, also=[first])


def test_ids(corpus: Path, tmp_path: Path, put: Put) -> None:
    assert put(FINAL, identity="my-own").meta.id == "my-own"
    assert put(DRAFT).meta.id == "hunan-regulations-draft"
    assert put("湖南省网络条例\n（征求意见稿）\n" + BODY).meta.id == "hu-nan-sheng-wang-luo-tiao-li-draft"
    assert put("湖南省网络条例\n（征求意见稿）\n" + BODY * 2).meta.id == "hunan-regulations-draft-2"
    assert put(LAW, shelf="law").folder == corpus / "_law" / "fan-jia-ting-bao-li-fa-2015"
    for bad in ("Bad Id", "../x", "my-own", "other"):
        (tmp_path / "n.txt").write_text("新文件\n" + BODY, encoding="utf-8")
        with pytest.raises(UsageError, match=bad):
            propose(tmp_path / "n.txt", corpus, today=TODAY, identity=bad)


@pytest.mark.parametrize(("words", "letters"), [("湖南", "hu-nan"), ("A2 方案", "a2-fang-an"), ("", ""), ("——", ""), ("《x》", "x")])
def test_spelling(words: str, letters: str) -> None:
    assert spelled(words) == letters


# -- stages and versions


def test_a_final_text_replaces_its_draft(put: Put, corpus: Path, tmp_path: Path) -> None:
    put(DRAFT)
    proposal = put(FINAL)
    draft, final = read_meta(corpus / "hunan-regulations-draft"), read_meta(corpus / proposal.meta.id)
    assert draft.work == final.work == "hunan-regulations-draft"
    assert draft.status == "draft_superseded" and final.status == "issued"
    assert draft.successor and draft.successor.in_force == date(2024, 7, 1)
    assert draft.status_evidence and draft.status_evidence.quote == "（征求意见稿）" and draft.status_evidence.checked_on == TODAY
    library = Library(index=tmp_path / "index", corpus=corpus)
    assert [d.meta.id for d in library.others(final.id)] == ["hunan-regulations-draft"]
    asked = library.ask("学校发现学生受到侵害怎么办？", documents=["hunan-regulations-draft"], region="湖南省")
    assert asked.answers[0].successor == {"title": "湖南省儿童安全条例", "in_force": "2024-07-01", "document": final.id}
    assert any("本库已收录" in note for note in asked.notes)


def test_a_draft_added_after_its_final_text_says_so(put: Put, corpus: Path) -> None:
    put(FINAL)
    draft = put(DRAFT, "b.txt").meta
    assert draft.status == "draft_superseded" and draft.successor and draft.successor.title == "湖南省儿童安全条例"
    assert read_meta(corpus / "hunan-regulations-2024").status == "issued"


def test_versions_stand_side_by_side(put: Put, corpus: Path, tmp_path: Path) -> None:
    put(FINAL)
    revised = put(REVISED, "b.txt").meta
    old = read_meta(corpus / "hunan-regulations-2024")
    assert old.status == "amended" and old.successor and old.successor.adopted == date(2026, 3, 1)
    assert revised.dates.amended == date(2026, 3, 1) and revised.status == "issued" and revised.id == "hunan-regulations-2026"
    library = Library(index=tmp_path / "index", corpus=corpus)
    notes = library.ask("学校发现学生受到侵害怎么办？", documents=[old.id]).notes
    assert any("2024-05-30的文本" in note and "本库已收录" in note for note in notes), notes
    later = library.document(old.id).meta.successor
    assert later and later.document == revised.id


QUESTIONS = ("学校发现学生受到侵害怎么办？", "湖南条例第二条", "湖南省儿童安全条例第二条", "《湖南省儿童安全条例》第2条")


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_replaced_a_text_is_answered_before_it(question: str, put: Put, corpus: Path, tmp_path: Path) -> None:
    for number, text in enumerate((DRAFT, FINAL, REVISED)):
        put(text, f"{number}.txt")
    library = Library(index=tmp_path / "index", corpus=corpus)
    found = library.ask(question, region="湖南省")
    assert found.answers[0].provision == "hunan-regulations-2026#art_2", [a.provision for a in found.answers]
    assert "hunan-regulations-2026" not in {a.provision.split("#")[0] for a in found.answers[1:]}


@pytest.mark.parametrize(("question", "document"), [
    ("湖南省儿童安全条例（征求意见稿）第二条", "hunan-regulations-draft"), ("2024年的湖南省儿童安全条例第二条", "hunan-regulations-2024"),
])
def test_a_stage_or_year_that_the_question_names_is_answered(question: str, document: str, put: Put, corpus: Path, tmp_path: Path) -> None:
    for number, text in enumerate((DRAFT, FINAL, REVISED)):
        put(text, f"{number}.txt")
    found = Library(index=tmp_path / "index", corpus=corpus).ask(question, region="湖南省")
    assert [a.provision for a in found.answers] == [f"{document}#art_2"]
    assert any("2026-05-01起施行），本库已收录" in note for note in found.notes)


ACT = "中华人民共和国未成年人保护法\n（1991年9月4日第七届全国人民代表大会常务委员会第二十一次会议通过　{notes}）\n{body}第三条 本法自2021年6月1日起施行。\n"
ACT_NOTES = ("2012年10月26日第十一届全国人民代表大会常务委员会第二十九次会议修正", "2020年10月17日第十三届全国人民代表大会常务委员会第二十二次会议修订",
             "2024年4月26日第十四届全国人民代表大会常务委员会第九次会议修正")
REPORTING = "第十一条 任何组织或者个人发现不利于未成年人的情形，都有权劝阻。\n国家机关发现受到侵害的，应当在{year}年立即向公安、民政、教育等部门报告。\n"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_of_three_versions_of_a_law_the_last_one_speaks(order: tuple[int, ...], put: Put, corpus: Path, tmp_path: Path) -> None:
    for number in order:
        year = ACT_NOTES[number][:4]
        text = ACT.format(notes="　".join(ACT_NOTES[: number + 1]), body=REPORTING.format(year=year))
        put(text, f"{year}.txt", shelf="law", identity=f"act-{year}")
    library = Library(index=tmp_path / "index", corpus=corpus)
    metas = {d.meta.id: d.meta for d in library.documents}
    assert [metas[f"act-{y}"].status for y in (2012, 2020, 2024)] == ["amended", "amended", "issued"]
    later = metas["act-2012"].successor
    assert later and later.document == "act-2024" and later.in_force is None and later.adopted == date(2024, 4, 26)
    found = library.ask("发现孩子被打，要向谁报告？", region="湖南省").higher_law
    assert {law.quote[-30:-5] for law in found if law.quote and "立即" in law.quote} and all("2024年" in law.quote for law in found if law.quote and "立即" in law.quote)
    asked = library.ask("未成年人保护法第十一条", shelf="all").answers
    assert [a.provision for a in asked] == ["act-2024#art_11"]
    notes = library.ask("未成年人保护法第十一条", shelf="all", documents=["act-2020"]).notes
    assert any("2020-10-17的文本" in n and "2024-04-26通过或者修改" in n for n in notes), notes


def test_a_former_version_added_later_is_marked(put: Put) -> None:
    put(REVISED)
    assert put(FINAL, "b.txt").meta.status == "amended"


def test_the_draft_of_a_revision_is_not_replaced_by_the_text_it_revises(put: Put, corpus: Path) -> None:
    put(FINAL)
    assert put(REVISING, "b.txt").meta.status == "draft"
    put(REVISED, "c.txt")
    assert read_meta(corpus / "hunan-regulations-draft").status == "draft_superseded"


def test_what_a_person_checked_is_left_alone(put: Put, corpus: Path) -> None:
    put(DRAFT)
    path = corpus / "hunan-regulations-draft" / "meta.toml"
    text = path.read_text(encoding="utf-8").replace('status = "draft"', 'status = "draft_superseded"  # asked by phone\nwork = "x"')
    path.write_text(text + '\n[successor]\ntitle = "湖南省儿童安全条例"\nin_force = 2024-07-01\n', encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    assert put(FINAL).changes == () and path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("one", "other", "same", "like"), [
    (("某省儿童条例", "某省"), ("某省儿童条例", "某省"), True, False), (("某省儿童条例", "某省"), ("某省儿童条例", "某市"), False, False),
    (("某省儿童安全条例", "某省"), ("某省儿童安全若干规定", "某省"), False, True), (("某省儿童条例（试行）", "某省"), ("某省儿童条例", "某省"), True, False),
    (("某省儿童条例", "某省"), ("某省儿童条例实施细则", "某省"), False, False), (("工作要求", None), ("工作要求", None), False, False),
])
def test_which_texts_belong_together(one: tuple[str, str | None], other: tuple[str, str | None], same: bool, like: bool) -> None:
    first, second = (Meta(i, "t.txt", title, region=region) for i, (title, region) in zip("ab", (one, other), strict=True))
    assert (same_work(first, second), like_work(first, second)) == (same, like)


def test_similar_titles_are_offered_and_joined_on_request(put: Put, corpus: Path) -> None:
    put(DRAFT)
    rules = FINAL.replace("安全条例", "安全若干规定")
    (corpus.parent / "b.txt").write_text(rules, encoding="utf-8")
    offered = propose(corpus.parent / "b.txt", corpus, today=TODAY)
    assert [m.id for m in offered.similar] == ["hunan-regulations-draft"] and offered.joined == ()
    assert any("--set work=hunan-regulations-draft" in w for w in offered.warnings)
    assert put(rules, "b.txt", given={"work": "hunan-regulations-draft"}).meta.work == "hunan-regulations-draft"
    assert read_meta(corpus / "hunan-regulations-draft").status == "draft_superseded"


# -- failure


@pytest.mark.parametrize("failing", ["ingest", "change", "copy"])
def test_a_failure_leaves_corpus_and_index_as_before(failing: str, put: Put, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(DRAFT)
    before = snapshot(corpus, tmp_path / "index")

    def fail(*_: object, **__: object) -> None:
        raise EncoderError("坏了") if failing == "ingest" else OSError(28, "No space left on device")

    monkeypatch.setattr(*{"ingest": (build, "ingest"), "change": (adding, "changed"), "copy": (adding.shutil, "copyfile")}[failing], fail)  # type: ignore[attr-defined]
    with pytest.raises((EncoderError, CorpusError)):
        put(FINAL, "b.txt")
    assert snapshot(corpus, tmp_path / "index") == before
    assert not [p for p in corpus.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.txt", b"", "空文件"), ("a.txt", b" \n ", "文件是空的"), ("a.exe", b"MZ", "a.exe"), ("a.txt", b"\x00\x01", "a.txt"),
])
def test_a_bad_file_gets_one_sentence(name: str, data: bytes, words: str, tmp_path: Path, corpus: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=words) as found:
        propose(tmp_path / name, corpus, today=TODAY)
    assert "\n" not in str(found.value)


def test_a_file_that_is_not_there(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(ReadError, match="打不开"):
        propose(tmp_path / "none.txt", corpus, today=TODAY)


def test_settings_by_hand(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FINAL, encoding="utf-8")
    given = settings({"status": "in_force", "status_evidence.checked_on": "2026-10-01", "status_evidence.checked_source": "电话", "region": "全国"})
    meta = read(tmp_path / "a.txt", today=TODAY, given=given).document.meta
    assert meta.region == "全国" and meta.status == "in_force" and meta.status_evidence
    assert meta.status_evidence.quote is None and meta.status_evidence.checked_on == date(2026, 10, 1)
    for bad in ({"file": "x"}, {"status": "valid"}, {"dates.issued": "soon"}):
        with pytest.raises(UsageError, match=next(iter(bad))):
            settings(bad)


# -- removal


def test_removal_takes_the_folder_and_nothing_else(put: Put, corpus: Path, tmp_path: Path) -> None:
    before = snapshot(corpus)
    put(FINAL)
    gone = adding.removal("hunan-regulations-2024", corpus)
    assert gone.files == ("a.txt", "meta.toml") and gone.pointing == ()
    adding.remove(gone, corpus, tmp_path / "index")
    assert snapshot(corpus) == before
    assert [d.meta.id for d in Library(index=tmp_path / "index", corpus=corpus).documents] == ["other"]
    assert not [p for p in corpus.iterdir() if p.name.startswith(".")]


def test_removal_that_fails_brings_the_folder_back(put: Put, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(FINAL)
    before = snapshot(corpus, tmp_path / "index")

    def fail(*_: object, **__: object) -> None:
        raise EncoderError("坏了")

    monkeypatch.setattr(build, "ingest", fail)
    with pytest.raises(EncoderError):
        adding.remove(adding.removal("hunan-regulations-2024", corpus), corpus, tmp_path / "index")
    assert snapshot(corpus, tmp_path / "index") == before


def test_removal_names_those_that_point_there(put: Put, corpus: Path) -> None:
    put(DRAFT)
    put(FINAL, "b.txt")
    assert adding.removal("hunan-regulations-2024", corpus).pointing == ("hunan-regulations-draft",)


def test_the_last_document_stays(corpus: Path) -> None:
    with pytest.raises(CorpusError, match="最后一份"):
        adding.removal("other", corpus)
    with pytest.raises(UsageError, match="nothing"):
        adding.removal("nothing", corpus)


# -- meta.toml


@pytest.mark.parametrize("changes", [
    {"status": "amended"}, {"work": "x"}, {"successor.title": "甲“乙”\"丙\"\\"}, {"status_evidence.checked_on": date(2026, 1, 2)},
    {"status": "amended", "successor.title": "甲", "successor.in_force": date(2026, 1, 2), "dates.issued": date(2020, 1, 1)},
])
def test_meta_is_changed_in_place(changes: dict[str, metafile.Value]) -> None:
    text = ('# by hand\ntitle = "甲"  # its title\nstatus = "issued"\naliases = [\n  "a",\n  "b",\n]\n\n[status_evidence]\nquote = "[x]"\n\n[dates]\nissued = 2021-01-01 # signed\n')
    after = metafile.changed(text, changes)
    wanted = tomllib.loads(text)
    for key, value in changes.items():
        table, _, name = key.rpartition(".")
        (wanted.setdefault(table, {}) if table else wanted)[name] = value
    assert tomllib.loads(after) == wanted and "# by hand" in after and "# its title" in after


@pytest.mark.parametrize("text", ['title = "甲"\nstatus = """\n[status_evidence]\nissued"""\n', 'title = "甲"\n"status" = "issued"\n', 'successor = {title = "乙"}\n'])
def test_meta_that_cannot_be_changed_safely_is_left_to_a_person(text: str) -> None:
    with pytest.raises(CorpusError, match="手工"):
        metafile.changed(text, {"status": "amended", "successor.title": "甲"})


def test_meta_reads_back_as_written(put: Put, corpus: Path) -> None:
    meta = put(FINAL).meta
    assert read_meta(corpus / meta.id) == meta


# -- the command line


def run(capsys: pytest.CaptureFixture[str], corpus: Path, *words: str) -> tuple[int, str, str]:
    code = cli.main([*words, "--corpus", str(corpus), "--index", str(corpus.parent / "index")])
    out, err = capsys.readouterr()
    return code, out, err


class Typed(io.StringIO):
    """A person at a terminal."""

    def isatty(self) -> bool:
        return True


def test_add_asks_and_the_default_is_no(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(FINAL, encoding="utf-8")
    before = snapshot(corpus)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    code, out, err = run(capsys, corpus, "add", str(tmp_path / "a.txt"))
    assert code == 2 and "--yes" in err and snapshot(corpus) == before
    for words in ("地方性法规", "2024年5月30日湖南省第十四届", "第二条", "立即", "hunan-regulations-2024", "义务 2 项"):
        assert words in out, words
    monkeypatch.setattr("sys.stdin", Typed("\n"))
    code, out, err = run(capsys, corpus, "add", str(tmp_path / "a.txt"))
    assert code == 2 and "没有写入" in err and snapshot(corpus) == before
    monkeypatch.setattr("sys.stdin", Typed("y\n"))
    assert run(capsys, corpus, "add", str(tmp_path / "a.txt"))[0] == 0
    assert (corpus / "hunan-regulations-2024").is_dir()


def test_add_json(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a.txt", FINAL), ("b.txt", DRAFT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    code, out, _ = run(capsys, corpus, "add", *files, "--json")
    assert code == 2 and [json.loads(line)["added"] for line in out.splitlines()] == [False, False]
    code, out, _ = run(capsys, corpus, "add", *files, "--json", "--yes")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [row["id"] for row in rows] == ["hunan-regulations-2024", "hunan-regulations-draft"]
    assert rows[1]["joined"] == ["hunan-regulations-2024"] and rows[1]["meta"]["status"] == "draft_superseded"
    assert {e["key"] for e in rows[0]["evidence"]} >= {"title", "level", "adopted", "in_force", "region", "status"}
    code, out, _ = run(capsys, corpus, "documents")
    assert "hunan-regulations-2024  《湖南省儿童安全条例》" in out and "本库已收录" in out
    code, out, _ = run(capsys, corpus, "check", "hunan-regulations-draft", "--json")
    row = json.loads(out)
    assert code == 0 and row["others"] == ["hunan-regulations-2024"] and row["coverage"] == 1.0 and row["status"] == "draft_superseded"
    assert {f["code"] for f in row["findings"]} == {"open_date", "status"} and row["findings"][0]["eid"]


@pytest.mark.parametrize(("rest", "words"), [
    (("--id", "x"), "--id"), (("--set", "region"), "KEY=VALUE"), (("--set", "colour=red"), "colour"), (("--id", "A B"), "--id"),
])
def test_bad_usage(rest: tuple[str, ...], words: str, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(FINAL, encoding="utf-8")
    code, _, err = run(capsys, corpus, "add", str(tmp_path / "a.txt"), str(tmp_path / "a.txt"), *rest, "--yes")
    assert code == 2 and words in err


def test_remove_says_what_will_go(put: Put, corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put(FINAL)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, out, _ = run(capsys, corpus, "remove", "hunan-regulations-2024")
    assert code == 2 and "a.txt" in out and "湖南省儿童安全条例" in out and (corpus / "hunan-regulations-2024").is_dir()
    code, out, _ = run(capsys, corpus, "remove", "hunan-regulations-2024", "--yes", "--json")
    assert code == 0 and json.loads(out)["removed"] and not (corpus / "hunan-regulations-2024").exists()
