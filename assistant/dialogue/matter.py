"""What is wanted, without the words that want it: 「帮我办社保卡补办」 is about 「社保卡补办」."""

from __future__ import annotations

import re

_WANTS = re.compile(
    r"^(?:请|麻烦|你们?|您|好|那)*(?:帮|给|替)?(?:我|俺|咱)?(?:要|想|来)?(?:去)?(?:办理|申请|办|弄|填)(?:一下|一个|个|哈)?(?P<matter>.{3,}?)[。！!吧嘛啊]*$"
)


_WANTED = re.compile(
    r"^(?P<matter>.{3,}?)[，, ]*(?:请|麻烦)?(?:帮|给|替)我(?:办理|申请|办|弄|填)(?:一下|哈|个|了)?[。！!吧嘛啊]*$"
)


def matter_of(text: str) -> str | None:
    """The matter of a sentence that begins or ends with what is to be done with it; None for any other sentence."""
    found = _WANTS.match(text.strip()) or _WANTED.match(text.strip())
    return None if found is None else found["matter"].strip("，, ")
