"""Whether words can be the name of a firm, a place or a trade: a day, a sum, a number of a person or a question is none."""

from __future__ import annotations

import re
from unicodedata import normalize

from backend.language.digits import CHINESE_DIGITS
from backend.language.field_remarks import is_firm_name, read_field_remark
from backend.language.identifiers_in_text import find_identifiers
from backend.language.placeholders import replace_placeholders

_NUMERALS = rf"\d{CHINESE_DIGITS}〇两十百千万半"
_ONLY_NUMBERS = re.compile(
    rf"[{_NUMERALS}\s.,，、/\\:：+\-—–~～年月日号天点分元块钱岁个位周星期礼拜今明昨前去上下底初左右大概约第]+"
)
_HAS_NUMBER = re.compile(rf"[{_NUMERALS}]|[今明昨前后]天|[上下这][个周]|[今明去前后]年")
_ASKS = re.compile(
    r".*[?？]|.*(?:吗|么呢)|(?:请问|那|你们?|要|大概|还)*(?:多久|多少|几点|几天|怎么|咋个?|什么时候|哪里|哪儿|哪点|谁|能不能|可不可以|要不要|有没有|会不会|是不是).{0,20}"
)
_SAYS = re.compile(rf"[^\W\d_{_NUMERALS}]")


_LABELS = re.compile(
    "单位|公司|全称|名称|机构|医院|银行|地址|住址|地点|地方|哪里|就医地|想做的工作|做什么活|工种|被申请人"
)


def asks_for_a_name(label: str) -> bool:
    """Whether a field of this label takes the name of a firm, a place or a trade, and not a score, a month or a ticket's number."""
    return _LABELS.search(label) is not None


def is_name_of_something(text: str) -> bool:
    """Whether a text can name something: it has words, and is neither a number, a day, a remark nor a question."""
    said = normalize("NFKC", text).strip("。，,.!！ ")
    words = replace_placeholders(said, "")
    for found in reversed(find_identifiers(words)):
        words = words[: found.start] + words[found.end :]
    if not _SAYS.search(words) or len(re.sub(r"\W", "", words)) < min(2, len(re.sub(r"\W", "", said))):
        return False
    if _ONLY_NUMBERS.fullmatch(words) and _HAS_NUMBER.search(words):
        return False
    return is_firm_name(said) or (not _ASKS.fullmatch(said) and read_field_remark(said) is None)
