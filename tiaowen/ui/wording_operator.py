"""The Chinese words of the operator's pages: 试读 and 文档."""

ROLE_OPERATOR = "运维人员"
PAGE_TRIAL = "试读"
PAGE_DOCUMENTS = "文档"

TRIAL_SUBTITLE = "加入文件之前，先看程序读出了什么"
TRIAL_PROMISE = "只读不存：文件不写入条文库，临时文件读完即删，刷新页面后什么都不留。单个文件不超过 {most} MB。"
UPLOAD = "选择要试读的文件"
UPLOAD_BUTTON = "选择文件"
UPLOAD_HINT = "或者把文件拖到这里，不超过 {most} MB"
TRIAL_HOW = "要正式加入，请在服务器上运行 tiaowen add，确认后才会写入。"
TRIAL_BAD = "这个文件读不了"
TRIAL_READING = "正在读……"
TRIAL_TITLE = "读到的文件信息（每项附正文依据）"
TRIAL_LINE = "第{line}行：“{quote}”"
TRIAL_NO_PROOF = "正文没有写明"
TRIAL_COUNTS = "{units} 条（项），{provisions} 处可引用，义务 {duties} 项，字符 {percent}% 有着落"
TRIAL_OUTLINE = "目录（{count}）"
TRIAL_DUTIES = "读出的义务（{count}项）"
TRIAL_DUTIES_NONE = "没有读出义务。"
TRIAL_REST = "还有 {count} 项，没有列出。"
TRIAL_FINDINGS = "存疑与说明（{count}）"
TRIAL_NOTHING = "没有存疑之处。"
DUTY_COLUMNS = ("位置", "主体", "做什么", "时限/频次")
BEARER_UNSTATED = "原文未写明主体"

DOCUMENTS_SUBTITLE = "每份文件的状态和读入情况：先看错误和警告，再看说明"
DOCUMENTS_COUNT = "共 {count} 份文件；本页 {errors} 处错误、{warnings} 处警告"
READ = "打开全文"
STATE = "状态核验"
CHECKED_ON = "{on} 核验（{source}）"
NOT_CHECKED = "没有核验过"
ACCOUNTED = "文字着落"
ACCOUNTED_WORDS = "{percent}%，{provisions} 处条文；略去 {removed} 个非正文字符"
OTHERS = "同一文件的其他文本"
NONE_FOUND = "无"
OTHER_FINDINGS = "其他"
MORE_FINDINGS = "还有 {count} 处，用 tiaowen check {id} 看全部"
# what the doctor looks at, in the order of the page: label, and the codes that belong under it
CHECKS = (
    ("读入", ("unreadable", "coverage", "no_provisions", "sha256_differs", "file_differs")),
    ("登记信息核对", ("meta_differs", "status_outdated", "check_old", "validity_past")),
    ("编号缺漏与重复", ("number_gap", "number_repeated")),
    ("未能确定的引用", ("reference_unresolved",)),
    ("未填写的日期", ("open_date",)),
    ("目标年份已过", ("target_past",)),
    ("疑似原文笔误（原文如此）", ("slip", "unit_repeated", "lead_undetermined")),
)
SHOWN_ELSEWHERE = ("status", "residue")
LEVELS = {"error": "错误", "warning": "警告", "note": "说明"}
COUNT_OF = "{level} {count}"
