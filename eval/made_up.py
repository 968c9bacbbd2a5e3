"""Made-up regulations for benchmarks: the same ones every time, as many as asked for."""

import random
from pathlib import Path

_WHO = ("学校", "旅馆经营者", "县级以上人民政府", "民政部门", "公安机关", "居民委员会", "网络服务提供者", "医疗机构", "监护人", "救助站")
_MUST = ("应当", "不得", "可以", "应当依法", "应当会同有关部门")
_DO = ("建立档案", "开展检查", "询问联系方式", "提供心理辅导", "公布举报电话", "停止服务", "开展培训", "核对身份", "制定预案", "安排专人")
_FOR = ("困境儿童", "留守儿童", "辍学学生", "住宿的未成年人", "遭受侵害的儿童", "流浪儿童", "残疾儿童", "网络游戏用户", "寄宿学生", "实习学生")
_WHEN = ("立即", "及时", "在五个工作日内", "每学期至少一次", "每年定期", "在一个月内", "适时")
_TO = ("向公安机关报告", "向民政部门备案", "通知父母", "向教育部门通报", "告知居民委员会", "报上级机关批准")


def regulation(number: int, *, articles: int = 30) -> str:
    """Return the text of a made-up regulation."""
    draw = random.Random(number)
    lines = [f"第{number}号示例办法", "", "第一章  总则", "", f"第一条  为了保护未成年人，根据《第{number + 1}号示例办法》第二条，制定本办法。"]
    for n in range(2, articles + 1):
        lines.append(f"第{n}条  {_sentence(draw)}{_sentence(draw)}")
        if n % 5 == 0:
            lines += ["有下列情形之一的，处一万元以上三万元以下罚款：", f"（一）{_sentence(draw)}", f"（二）违反本办法第{n - 1}条规定的。"]
    return "\n".join(lines) + "\n"


def _sentence(draw: random.Random) -> str:
    who, must, when, do, for_, to = (draw.choice(words) for words in (_WHO, _MUST, _WHEN, _DO, _FOR, _TO))
    return f"{who}对{for_}{must}{when}{do}，发现异常的，{draw.choice(_WHEN)}{to}，并记录{draw.randrange(2, 90)}日以上的情况。"


def corpus(folder: Path, size: int) -> Path:
    """Write a corpus of `size` made-up regulations."""
    for number in range(1, size + 1):
        place = folder / f"made-up-{number:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "text.txt").write_text(regulation(number), encoding="utf-8")
        (place / "meta.toml").write_text(f'file = "text.txt"\ntitle = "第{number}号示例办法"\nregion = "全国"\n', encoding="utf-8")
    return folder
