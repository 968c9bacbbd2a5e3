"""Every Chinese word of the app that is not the source's own and not in `tiaowen.wording`."""

APP = "条文"
TAB = "{page} · 条文"
SUBTITLE = "未成年人保护文件的条文库与引证问答"
SCOPE = "只依据本库收录的文件作答，逐字引用，点开即见原文。"
PAGE_ASK = "问答"
PAGE_READER = "条文阅读"
PAGE_REGISTER = "义务清单"
PAGE_MINE = "我的职责"
ROLE_FRONTLINE = "一线人员"
ROLE_EVERYBODY = "所有人"
LOADING = "正在打开条文库……"
FAILED = "条文库现在打不开"
MENU = "菜单"
NO_PAGE = "没有这个页面"
NO_PAGE_MORE = "链接可能写错了，已转到“问答”。"
NAMES_LIST = "、"

PLACE = "你在哪里工作或生活？（选一次即可，会记住）"
PLACE_NONE = "不选"
QUESTION = "想问什么？用平常的话写就行"
QUESTION_HINT = "例如：发现孩子被打，要向谁报告？"
SUBMIT = "查条文"
EXAMPLES_TITLE = "可以这样问"
EXAMPLES = (
    "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？",
    "老师发现学生身上有伤怎么办？",
    "给未成年人文身，店家会被罚多少钱？",
    "酒店接待未成年人入住要做什么？",
    "学校招老师，查违法犯罪记录多久出结果？",
    "湖南办法第五十五条",
)
ASKED = "问：{question}"
CLIPPED = "……"

SAFETY_TITLE = "如果孩子现在可能有危险，先做这几件事"
SAFETY_CONTACT = "{name}：{phone}（{checked}核实）"
CONTACTS_BROKEN = "contacts.toml 写法有误，本地求助电话没有显示，请运维人员改正。"
EMERGENCY = ("110", "120")

RESULT = "答复"
REASON = {
    "not_in_corpus": "本库没有收录",
    "not_stated": "文件未写明",
    "no_such_provision": "没有这一条",
    "out_of_subject": "不在本库的范围内",
    "empty_question": "还没有看到问题",
}
NOTES = "请注意"
UNDERSTOOD = "已按{words}检索"
UNDERSTOOD_WORD = "“{means}”（{said}）"
ONLY_IN = "只在这些文件里查找：{titles}"

DUTY = {"应当": "必须做什么", "不得": "不得做什么", "可以": "可以做什么", "鼓励": "鼓励做什么", "任务": "要做什么"}
BEARER = "谁"
BEARER_UNSTATED = "原文未写明主体"
BEARER_INHERITED = "（承前文）"
TRIGGER = "什么情形"
RECIPIENTS = "向谁"
TIME_LIMIT = "时限"
FREQUENCY = "频次"
AMOUNT = "金额"
TARGET = "对谁处理"
FIGURES = "数字"
HEDGES = "限定"
BASIS = "依据"
LEAD = "牵头"
ASSISTING = "配合"
UNITS = {
    "lead": "责任单位", "single": "责任单位", "joint": "责任单位（未分牵头）",
    "undetermined": "责任单位（原文未能区分牵头与配合）",
}
MORE_DUTIES = "这段引文里还有{count}项"
WORDS = "条文原文（标黄处为所引）"
WHOLE = "展开这一条的全文"
GAP = "……"

SUCCESSOR = "已有正式文本《{title}》（{in_force}起施行），{held}，请以正式文本为准"
SUCCESSOR_UNDATED = "已有正式文本《{title}》，{held}，请以正式文本为准"
REPLACED = "已被修改，新的文本是《{title}》（{since}），{held}，请以新的文本为准"
OPEN_SUCCESSOR = "打开"
OTHER_TEXTS = "同一文件的其他文本"
OTHER_TEXT = "{title}（{day}）"
GROUP = "{name} {count}条"
RELATED = "相关条文（{count}条）"
NEAREST = "最接近的条文"
NEAREST_MORE = "其他接近的条文（{count}条）"
LAW_HELD = "上位法"
LAW_MORE = "另有{count}条上位法提示"
LAW_CHECKED = "{status}，核对于{checked}"
DISCLAIMER = "条文库只说明所收录的文件写了什么，不是法律意见；情况紧急先打110。"

BROWSE = "翻阅收录的全部文件"
BACK = "← 返回问答"
DOCUMENT = "选择文件"
OUTLINE = "目录"
FACTS = "文件信息"
FACT = {
    "number": "文号", "issuer": "发文机关", "issued": "印发日期", "adopted": "通过日期", "amended": "修改日期", "in_force": "施行日期",
    "level": "文件层级", "region": "适用地区", "stage": "稿本", "evidence": "状态依据", "checked": "状态核验",
    "successor": "正式文本",
    "provisions": "条文数", "coverage": "文字入库", "issues": "存疑之处",
}
COVERAGE = "{percent}%（正文逐字收录，略去的非正文字符列在存疑之处）"
CHECKED = "{on}，{source}"
ADOPTED = "《{title}》，{adopted}通过，{in_force}起施行；{held}"
SIC = "（原文如此）"
ISSUE = "注：{message}"
CITE = "出处"
REFERENCES = "引用{own}处 · 被引用{back}处"
CITES, CITED_BY = "引用", "被引用"
QUOTED = "“{words}”"
IN_WORDS = "（写作“{words}”）"
UNRESOLVED = "（指向不能确定）"
CITED_NOT_HELD = "（本库未收录）"
NOT_HELD = "引用了但未收录的法律和文件"
NOT_HELD_INTRO = "收录的文件引用了下面{count}份法律和文件，本库没有收录原文。作为制定依据的和只是提到的分开列出。"
NOT_HELD_COLUMNS = ("名称", "作为依据", "提到")
TIMES = "{count}处"
NONE_HERE = "—"
COPY_CITATION = "复制出处"
COPY_WORDS = "复制原文和出处"
COPY_LINK = "复制链接"
COPIED = "已复制"
COPY_FAILED = "复制不了，请长按选取"
CITED = "{citation}〔{status}〕"
ON_PAGE = "（第{page}页）"
CITED_WORDS = "“{words}”——{cited}"
NO_DOCUMENT = "本库没有编号为“{document}”的文件，请在下面选择。"
NO_PROVISION = "这份文件里没有编号为“{eid}”的条文，下面是全文。"
PARTS = {"notice": "印发通知", "preamble": "引言", "colophon": "文末"}

PAGE_KINSHIP, PAGE_SIDES, PAGE_DRAFT = "文字同源", "并排对照", "我的草案"
ROLE_DRAFTER = "起草人员"
KIN_SUBTITLE = "下位文件的条文，文字出自上位文件的哪一条"
KIN_HIGHER, KIN_LOWER = "上位文件（被沿用的）", "下位文件（沿用的）"
KIN_SAME = "请选两份不同的文件。"
KIN_EXPLAIN = "只比较文字：推定同源不等于事实上照抄，未见相应表述也不等于没有落实。"
KIN_COUNTS = "照录{copied}处，改写{adapted}处；上位文件未见相应表述的{new}条，下位文件未见相应表述的{no_counterpart}条"
KIN_BASIS = "下位文件自己写明的依据"
KIN_NO_BASIS = "下位文件没有写明依据哪份文件。"
KIN_HELD, KIN_NOT_HELD = "（本库收录）", "（本库未收录）"
KIN_VIEW = "显示"
KIN_VIEWS = {"picture": "图", "table": "对照表", "list": "清单"}
KIN_PICTURE = "左列是{lower}的条文，右列是{higher}的条文；连线表示文字同源，线越粗相同文字越多，实线为照录，虚线为改写，空心框为未见相应表述。"
KIN_SHARE = "{percent}%"
KIN_SHARED = "下位条文中相同的文字约占{percent}%"
KIN_COLUMN = ("下位文件", "上位文件", "关系")
KIN_TITLES = {"copied": "照录：文字基本相同", "adapted": "改写：有相同的文字，也有改动", "new": "下位文件有，上位文件未见相应表述",
              "no_counterpart": "上位文件有，下位文件未见相应表述"}
KIN_MARKED = "标黄处为两边相同的文字"
SIDES_SUBTITLE = "两份文件、两个稿本或者任意两条，逐词看出改了什么"
SIDES_BEFORE, SIDES_AFTER = "左边（修改前）", "右边（修改后）"
SIDES_WHOLE = "整份文件，逐条对照"
SIDES_ONE, SIDES_OTHER = "左边的条文", "右边的条文"
SIDES_STAGES = "同一文件的不同稿本"
SIDES_STAGE = "{before} → {after}"
SIDES_LEGEND = "左边划线的是右边没有的，右边加粗的是左边没有的；只换了标点全半角的不算改动。"
SIDES_KEPT = "右边有{percent}%的文字与左边相同"
SIDES_NONE = "对面未见相应条文"
SIDES_ONLY = "只看有改动的"
SIDES_COUNTS = "共{rows}行：两边都有的{both}行，只在左边的{before}行，只在右边的{after}行"
SIDES_UNKNOWN = "链接里的文件或条文本库没有，请在下面重新选择。"
WORD_FILE, EXCEL_TABLE = "{table}（Word）", "{table}（Excel）"
TABLE_FILE = "{table}-{today}.{kind}"
DRAFT_SUBTITLE = "把草案贴进来，逐条看像哪一条、与上位文件是什么关系"
DRAFT_KEPT = "草案只在这次打开的页面里比对，不保存、不上传到别处，关掉页面就没有了。"
DRAFT_TEXT = "粘贴草案全文（第一条、第二条……，或者一、（一）、1.……）"
DRAFT_FILE = "或者选一个文件（Word、WPS、网页、OFD、txt、md、有文字层的 pdf）"
DRAFT_HINT = "或者把文件拖到这里，不超过 {most} MB"
DRAFT_PARENT = "与哪份上位文件比对？"
DRAFT_NO_PARENT = "暂不比对，只找相近的条文"
DRAFT_OTHERS = "外地规定对照哪几份？（最多四份）"
DRAFT_START = "开始比对"
DRAFT_NO_UNITS = "没有认出带编号的条文。请检查每一条是不是从新的一行、以“第一条”或者“1.”这样的编号开头。"
DRAFT_READ = "认出{count}条：{title}"
DRAFT_UNTITLED = "（草案没有标题）"
DRAFT_COUNTS = "与{parent}相比（建议）："
DRAFT_COUNT = "{relation}{count}条"
DRAFT_LIKE = "相近的条文"
DRAFT_NOTHING_LIKE = "本库未见相近的条文。"
DRAFT_SHARE = "相同文字约{percent}%"
DRAFT_CLOSE = "文字不同，内容相近"
DRAFT_FINDINGS = "与上位文件的出入"
DRAFT_DEAD = "引用核对"
DRAFT_DEAD_KIND = {"own": "{place}写的“{words}”：草案里没有这一条。", "held": "{place}写的“{words}”：{title}没有这一条。",
                   "not_held": "{place}写的“{words}”：本库未收录该文件，没有核对。"}
DRAFT_RELATIONS = "重复：八成以上文字与上位文件相同。细化：四分之一以上相同，另有增加。补充：上位文件讲到同一事项，文字不同。创设：上位文件未见相近内容。不一致：要求变弱、方向相反、时限变宽，或者处罚超出上位文件的种类和幅度。以上都是机器的建议，由起草人判断。"
DRAFT_TABLES = "导出对照表"
DRAFT_WORKING = "正在逐条比对……"
DRAFT_CHOOSE = "点选文件"
DRAFT_LARGE = "文件超过10MB，请只上传草案正文。"

REGISTER_SUBTITLE = "谁必须做什么、向谁、什么时限，逐项取自原文"
FILTER = {
    "role": "谁（主体）", "modality": "应当、不得、可以……", "recipient": "向谁", "limit": "时限", "frequency": "频次", "document": "文件",
    "where": "适用地区", "area": "保护领域", "status": "文件状态",
}
ALL = "全部"
OPTION = "{name}（{count}）"
MORE_FILTERS = "更多筛选：向谁、时限、频次、文件、地区、领域、状态"
UNKNOWN_FILTER = "链接里有不认识的筛选条件，已略过：{values}"
CLEAR = "清除筛选"
COUNT = "符合条件的义务{found}项（全库{all}项）"
COUNT_PART = "{name} {count}"
NOTHING = "没有符合这些条件的义务。这只说明本库收录的文件里没有这样的一项，请放宽条件再看。"
PAGE_OF = "第{page}页，共{pages}页"
PREVIOUS, NEXT = "上一页", "下一页"
EXCEL = "导出 Excel（{count}项）"
EXCEL_FILE = "义务清单-{today}.xlsx"
COLUMN = {"who": "主体", "what": "做什么", "to": "向谁", "when": "时限/频次", "basis": "依据"}
UNNAMED = "（原文未指明）"
PENALTY = "罚则：{citation}"
AMOUNTS = "（{amounts}）"
EXCEPT, CONDITION = "例外：{words}", "条件：{words}"
LED = "牵头：{units}"
ASSISTED = "配合：{units}"
JOINT = "责任单位：{units}"
UNDETERMINED = "责任单位（原文未能区分牵头与配合）：{units}"
INHERITED = "（承前文）"

MINE_SUBTITLE = "选一个角色，看文件写明由你做的事"
ROLE = "你是谁？（可以打字查找）"
ROLE_HINT = "点选或者打字"
ROLE_LIST = "按角色进入"
NO_ROLE = "没有这个角色，请在下面选择。"
MINE_COUNT = "写明由“{role}”承担（含配合、共同承担）的共{count}项"
MINE_NONE = "本库收录的文件没有一项写明由“{role}”承担；下面是与你有关的其他内容。"
LIMIT_GROUP = "{limit}（{count}项）"
REST = "还有{count}项，在义务清单里看"
MAYBE = "可能包括你"
MAYBE_INTRO = "下面各项写的是“密切接触未成年人的单位”，可能包括你。"
GUIDED = "要求上级指导你的"
GUIDED_INTRO = "下面各项是别的单位的义务：由它们指导、督促、支持你去做。它们不是直接对你下的命令，但说明了对你的期待。"
EVERYONE = "任何组织和个人都要遵守的（{count}项）"
PLACE_COUNT = "{place}（{count}项）"
PRINT = "打印"
PRINTED = "{role} · {place} · 条文库整理，逐字取自原文，使用前请核对原文"

PAGE_COMPARE, PAGE_GAPS = "条文比对", "差异与空白"
COMPARE_SUBTITLE = "一个主题，各文件怎么写，逐字对照"
TOPIC = "主题（写几个字，或者从下面点选）"
TOPIC_HINT = "例如：强制报告、学生欺凌、手机管理"
TOPIC_SUBMIT = "比对"
TOPIC_LIST = "常用主题"
TOPIC_FREE = "“{topic}”不在常用主题表里，按字面比对：一句话里写到它的才算。"
COMPARE_IN = "只比对这些文件（不选就是全部）"
COMPARE_COUNT = "{said}份文件有规定，{silent}份未见"
COMPARE_EXCEL = "导出 Excel"
COMPARE_FILE = "条文比对-{topic}-{today}.xlsx"
GAPS_FILE = "差异与空白-{today}.xlsx"
NEAREST_HERE = "最接近的是"
MORE_WORDS = "这一条里还有{count}句"
DIFFERENCES = "差异（{count}处）"
DIFFERENCES_NONE = "这些条文之间没有发现文字相同而内容有出入的地方；各写各的不算差异，请看上表。"
DIFFERENCES_TOO_MANY = "这个主题涉及的句子太多，没有逐句比较；请少选几份文件，或者换一个窄一些的主题。"
DIFFERENCE_INTRO = "只列两处文字大半相同、而主体、对象、时限、数字、范围或限定有出入的地方。是不是问题，由起草人判断。"
DIFFERS = {
    "contradicts": "同一份文件里，一处是“{first}”，另一处是“{second}”。",
    "both": "前者是“{first}”，后者是“{second}”。",
    "lost": "前者有“{first}”，后者这一句没有写。",
    "gained": "后者这一句多了“{second}”。",
    "none": "两处不同。",
}
GAPS_SUBTITLE = "文件之间、文件内部有出入的地方，和各文件没有写到的主题"
KIND, ASPECT = "种类", "方面"
BETWEEN = "涉及文件"
GAPS_TITLE = "主题与文件（{topics}个主题）"
GAPS_INTRO = "有规定的写出位置；没有的写“未见”，点主题看最接近的条文和上位法。空白只说明本库收录的这份文本没有写到。"
GAP_ONLY = "只看有空白的主题"
GAP_NONE = "未见"
GAPS_MANY = "收录的文件较多，没有逐句比较；请选不超过{most}份文件，或者到“条文比对”里按主题看。"
NO_DIFFERENCE = "没有符合这些条件的差异。"
MORE_PLACES = "等{count}条"
MORE_DIFFERENCES = "其余{count}处"
