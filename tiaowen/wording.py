"""Every Chinese word that a person sees and that is not the source's own."""

STATUS = {
    "in_force": "有效（核验于{checked}）",
    "issued": "已印发·有效性未核验",
    "draft": "征求意见稿",
    "draft_superseded": "征求意见稿·已有正式文本",
    "not_yet_in_force": "尚未施行",
    "amended": "已修改",
    "repealed": "已废止",
    "expired": "已失效",
    "unknown": "状态未注明",
}
APPLICABILITY = {"nationwide": "全国适用", "local": "你所在地", "elsewhere": "外地（仅供参考，对你没有拘束力）",
                 "unknown": "地方文件（选择所在地后可知是否适用）"}
POINTER_TITLE = "上位法提示（非原文，请以法律文本为准）"
UNSTATED = "未注明"
DRAFTS = ("draft", "draft_superseded")

EMPTY = "请写一句话说明想问什么，例如：发现孩子被打，要向谁报告？"
TOO_LONG = "问题太长了，请压缩到五百字以内，一次问一件事。"
OUT_OF_SUBJECT = "这个问题不在未成年人保护的范围内，本库没有可以引用的条文。"
NOT_IN_CORPUS = "本库收录的文件里没有这方面的内容，不能据此作答；这只说明本库没有收录，不代表别处没有写。"
NOT_MENTIONED = "本库收录的文件没有提到“{thing}”，不能据此作答；这只说明本库没有收录，不代表别处没有写。"
PLACE_NOT_HELD = "本库没有收录{place}的文件，不能据此作答；下面列出的是其他文件里最接近的条文，仅供参考。"
DOCUMENT_NOT_HELD = "本库没有收录{name}的文本，不能引用它的原文；下面列出的是本库里最接近的条文，仅供参考。"
NOT_STATED = "本库收录的文件未写明{slot}；相关的条文列在下面，请看原文。"
NOT_STATED_HERE = "本库收录的文件未写明{place}的{slot}；别处的条文列在下面，只供参考，不能直接套用。"
NO_SUCH_PROVISION = "{title}没有{printed}，本库收录的文本到{last}为止。"
NO_SUCH_PROVISION_ANY = "本库收录的文件里没有{printed}，请核对编号，或写明是哪份文件。"
AMBIGUOUS = "“{printed}”在本库里有多处，请写明文件和完整位置，例如：{example}。"
ANSWERED = "找到{count}条可以引用的规定，最相关的是{citation}{status}。"

NOTE_DRAFT_ONLY = "以下内容仅见于征求意见稿，不是现行有效的规定，不能作为执法或问责依据。"
NOTE_DRAFT_FIRST = "{title}是征求意见稿，不是现行有效的规定。"
NOTE_SUCCESSOR = "{title}已有正式文本《{successor}》（{in_force}起施行），{held}，请以正式文本为准。"
NOTE_REPLACED = "{title}（{of}）已被修改，新的文本是《{successor}》（{since}），{held}，请以新的文本为准。"
SINCE = {"in_force": "{day}起施行", "adopted": "{day}通过或者修改", "none": "日期未注明"}
HELD = {True: "本库已收录", False: "本库未收录"}
NOTE_WORD_LIMIT = "未写明小时数，原文为“{limit}”。"
NOTE_NO_LEAD = "未标明牵头单位，原文依次列出：{units}。"
NOTE_MAY_UNSTATED = "原文未写明可以或者不得，只写了要做的事，请看原文。"
NOTE_PREMISE = "问题中的“{said}”与原文不一致，原文为“{source}”。"
NOTE_TARGET_PAST = "文中的目标年份已过（{years}），请核实是否已有新的安排。"
NOTE_COORDINATION = "原文写“民政牵头”；2024年4月26日起，《中华人民共和国未成年人保护法》第九条已改由妇女儿童工作的议事协调机构负责统筹协调。"
NOTE_ELSEWHERE = "你所在地的文件和国家文件里没有找到直接规定，下列为外地文件，仅供参考，对你没有拘束力。"
NOTE_SLIP = "引文中的“{words}”为原文如此。"
NOTE_INNER_OUTER = "除了向学校报告，还要看上位法提示：向公安、民政、教育等部门报告的义务不因已向学校报告而免除。"
STALE = "语料有改动而索引还没有更新，请运行：python ingest.py"

KINSHIP = "文字同源（推定）"
NO_COUNTERPART = "未见相应表述"
KIN = {"copied": "照录", "adapted": "改写", "new": "上位文件未见相应表述", "no_counterpart": "下位文件未见相应表述"}
PROPOSAL = {"repeat": "重复", "refine": "细化", "supplement": "补充", "create": "创设", "conflict": "不一致"}
PROPOSED = "{relation}（建议）"
REPEATED = "与上位文件相同的文字约占{percent}%"
NEAR = "内容相近"
FINDING = {
    ("modality", "weaker"): "要求变弱：草案“{ours}”，上位文件“{theirs}”",
    ("modality", "stricter"): "要求变严：草案“{ours}”，上位文件“{theirs}”",
    ("modality", "contradicts"): "方向相反：草案“{ours}”，上位文件“{theirs}”",
    ("time_limit", "weaker"): "时限变宽：草案“{ours}”，上位文件“{theirs}”",
    ("time_limit", "stricter"): "时限变紧：草案“{ours}”，上位文件“{theirs}”",
    ("time_limit", "differs"): "时限不同：草案“{ours}”，上位文件“{theirs}”",
    ("time_limit", "lost"): "上位文件写明时限“{theirs}”，草案没有写",
    ("recipients", "weaker"): "向谁变少：草案“{ours}”，上位文件“{theirs}”",
    ("recipients", "stricter"): "向谁变多：草案“{ours}”，上位文件“{theirs}”",
    ("recipients", "differs"): "向谁不同：草案“{ours}”，上位文件“{theirs}”",
    ("sanction", "beyond"): "上位文件对同一行为没有这一种类：“{ours}”",
    ("amount", "beyond"): "罚款幅度超出上位文件：草案“{ours}”，上位文件“{theirs}”",
    ("amount", "within"): "罚款幅度在上位文件之内：草案“{ours}”，上位文件“{theirs}”",
    ("amount", "same"): "罚款幅度相同：“{ours}”",
}
TABLES = {"basis": "上位法依据对照表", "changes": "修改前后对照表", "elsewhere": "外省（区、市）规定对照表"}
TABLE_NUMBER, TABLE_DRAFT, TABLE_BASIS, TABLE_RELATION, TABLE_REMARK = "序号", "我方草案", "上位文件依据", "对应关系（建议）", "说明"
TABLE_BEFORE, TABLE_AFTER = "修改前：{title}", "修改后：{title}"
TABLE_LEGEND = "（黑体字为新增，删除线为删去）"
TABLE_NOTE = "由文本自动比对得出，关系一栏只是建议；引文逐字取自原文，使用前请核对原文。"
TABLE_SOURCES = "资料来源"
TABLE_SOURCE = (("文件", 46), ("文号", 20), ("状态", 18), ("状态核验日期", 13), ("本表生成日期", 13))
TABLE_DRAFT_TITLE = "我方草案"
TABLE_SHEET = "对照表"
DRAFT_EMPTY = "草案里没有文字，请粘贴条文或换一个文件。"
DRAFT_LONG = "草案超过三十万字，请分成几份再试。"

MODALITIES = ("应当", "不得", "可以", "鼓励", "任务")
REGISTER_OTHER = {"other": "其他主体", "none": "原文未写明主体"}
REGISTER_NONE = {"limit": "没写时限", "frequency": "没写频次", "area": "未归入某一保护领域", "where": UNSTATED}
REGISTER_PERIODIC = "定期和频次"
SHEET_DUTIES, SHEET_DOCUMENTS = "义务清单", "文件"
SHEET_DUTY = (("主体", 26), ("主体类别", 22), ("情态", 7), ("原文情态词", 10), ("做什么", 60), ("什么情形", 26), ("向谁", 20), ("时限", 12),
              ("频次", 14), ("数字", 16), ("金额", 18), ("限定", 10), ("牵头单位", 16), ("责任单位", 34), ("保护领域", 10), ("适用地区", 16),
              ("依据", 48), ("文件状态", 20), ("条文编号", 34), ("原句", 70))
SHEET_DOCUMENT = (("文件", 60), ("文号", 22), ("发文机关", 26), ("印发日期", 12), ("通过日期", 12), ("施行日期", 12), ("适用地区", 20), ("状态", 24),
                  ("状态核验日期", 14), ("正式文本", 60), ("本表义务数", 12), ("导出日期", 12), ("说明", 60))
SHEET_NOTE = "由文本自动整理，逐字取自原文；不是法律意见，使用前请核对原文。"
SHEET_SUCCESSOR = "《{title}》（{in_force}起施行），{held}"
LIST = "、"

ISSUE_LEVELS = {"error": "错误", "warning": "警告", "note": "说明"}
FACTS = {"title": "标题", "stage": "稿本", "document_number": "文号", "issuer": "发文机关", "level": "文件层级", "region": "适用地区",
         "issued": "印发日期", "adopted": "通过日期", "amended": "修改日期", "in_force": "施行日期", "status": "状态", "work": "所属文件",
         "aliases": "简称"}
SILENT = "本文件未见相应规定"
WHY_WORD = "提到“{words}”，没有就“{topic}”作出规定。"
WHY_UNITS = "只在责任单位里出现“{words}”，没有就“{topic}”作出规定。"
WHY_ALIKE = "内容最接近，但没有写到“{topic}”。"
TOPIC_WANTED = "请写一个主题（一百字以内），例如：强制报告、儿童主任、学生欺凌。"
ASPECT = {"bearer": "主体", "recipients": "向谁", "time_limit": "时限", "frequency": "频次", "scope": "范围", "figures": "数字", "units": "牵头单位",
          "modality": "情态", "hedge": "限定"}
DIFFERENCE = {"contradicts": "矛盾", "weaker": "后者变弱", "stronger": "后者变强", "differs": "不同", "document_kind": "文件种类不同（不是强弱）"}
NOT_PRINTED = "（未写）"
NEAREST_IS = "最接近的是{citation}：{why}"
SHEET_CELLS, SHEET_DIFFERENCES, SHEET_LAWS, SHEET_SOURCES, SHEET_GAPS = "条文比对", "差异", "上位法", "来源", "主题与文件"
SHEET_CELL = (("主题", 9), ("文件", 22), ("文件状态", 12), ("依据", 22), ("情态", 6), ("主体", 16), ("做什么", 28), ("向谁", 14), ("时限", 7),
              ("频次", 8), ("限定", 8), ("牵头单位", 10), ("责任单位", 18), ("原文", 44), ("说明", 22))
SHEET_DIFFERENCE = (("种类", 10), ("方面", 8), ("前者", 24), ("前者字样", 16), ("前者原文", 42), ("后者", 24), ("后者字样", 16), ("后者原文", 42))
SHEET_LAW = (("上位法", 36), ("内容", 70), ("说明", 30), ("核对日期", 12))
SHEET_SOURCE = (("文件", 60), ("文号", 22), ("印发日期", 12), ("状态", 24), ("导出日期", 12), ("说明", 60))
SHEET_GAP = (("领域", 14), ("主题", 22))
