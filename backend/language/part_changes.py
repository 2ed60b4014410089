"""A number told right in a part of it: 「电话最后两位是56」「尾号错了，是1234」「前三位应该是139」."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from backend.language.digits import CHINESE_DIGITS, DIGIT_CHARACTERS, to_arabic
from backend.language.numerals import whole_number
from backend.language.placeholders import PLACEHOLDER

_NUMERAL = rf"[1-8两{CHINESE_DIGITS[1:9]}]"
_FIGURES = rf"(?:[\d{DIGIT_CHARACTERS}][\d{DIGIT_CHARACTERS}\s-]*[Xx]?|[Xx]|{PLACEHOLDER.pattern.replace('?P<kind>', '').replace('?P<token>', '')})"
_WRONG = rf"(?:也|都|是)?(?:(?:写|打|填|输|说|报|弄)?错了?|不对|不是{_FIGURES})"
_PART = re.compile(
    rf"(?P<of>[^，,。；;]{{0,12}}?)(?:号码?)?的?(?P<place>最后面?|最末|末尾|末|尾|结尾|后面?|前面?|开头|头|最前面?)的?(?:(?P<count>{_NUMERAL})?(?:位数?字?|个数字|个号)|号)"
    rf"(?:{_WRONG})?[，,\s]*(?:应该|应当|其实|实际|正确的?)?(?:是|为|改成|改为|换成|成)[：:\s]*(?P<figures>{_FIGURES})(?:才对|的|吧|嘛|啊|呀|了|[。.!！~～])*"
)
_AT_THE_HEAD = ("前", "开头", "头", "最前")


@dataclass(frozen=True, slots=True)
class PartChange:
    """The right figures of the head or the tail of a number. ``of``: what the number is called, or nothing."""

    of: str
    at_head: bool
    figures: str
    """Arabic, an X at the end in capitals; or the placeholder that stands for them."""
    count: int | None
    """How many were announced."""

    def on(self, number: str) -> str | None:
        """The number with the part put right; None where the figures are not as many as announced, or not a part."""
        if self.count not in {None, len(self.figures)} or len(self.figures) >= len(number):
            return None
        rest = len(self.figures)
        return self.figures + number[rest:] if self.at_head else number[:-rest] + self.figures


def read_part_change(text: str) -> PartChange | None:
    """The change that a whole message tells; None for any other."""
    found = _PART.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    told = found["figures"]
    figures = told if PLACEHOLDER.fullmatch(told) else re.sub(r"[\s-]", "", to_arabic(told)).upper()
    count = None if found["count"] is None else whole_number(found["count"].replace("两", "二"))
    return PartChange(found["of"].strip("的 "), found["place"].startswith(_AT_THE_HEAD), figures, count)
