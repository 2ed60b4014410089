"""A message in pieces: several questions in one, and the part of a correction that says what is meant."""

from __future__ import annotations

import re

MAX_QUESTIONS = 3
"""As many as are answered at once."""
MAX_PIECES = 8
LONG_STORY = 60
"""Characters: in so long a message the question is looked for by itself."""
_BREAKS = re.compile(
    r"[?？。！!；;，,、\n]+|(?<=[\u4e00-\u9fff]{3})\s+(?=[\u4e00-\u9fff]{2})|另外|还有就是|还有|顺便|再就是|再问(?:一下|个|下)?|其次|然后(?=.*(?:吗|多久|什么|哪|怎么))"
)
ASKS = re.compile(
    r"吗|呢|么|什么|啥|怎么|咋|好多|好久|几时|得行|得不得|多久|几天|多长|多少|哪|谁|能不能|可不可以|要不要|行不行|是不是|有没有|([\u4e00-\u9fff])[不没]\1|[没不]$"
    r"|(?<![好十百千万这那前后近头过才没])几(?:个|级|年|号|次|岁|点|份|月|趟|家|样|块|成)"
)
"""「几个月」 asks, 「好几个月」 and 「前几年」 tell."""
_ANOTHER_TROUBLE = re.compile(r"(?:也|又).{0,4}(?:到期|过期|丢|掉|坏|断|停|没到|没发|失效|刷不|用不|欠)")
"""「他社保卡也到期了」 beside a question is a question of its own, without a word that asks."""
_MEANT = re.compile(r".*(?:而是|问的是|说的是|要的是|我是说|我要问|我要|我问|是)(?P<meant>.+)$")
SHORTEST = 2


def questions(text: str) -> list[str]:
    """The pieces of a message that ask something; fewer than two: it is one question, or none."""
    pieces = [piece.strip() for piece in _BREAKS.split(text) if piece and len(piece.strip()) >= SHORTEST]
    asked = [piece for piece in pieces if ASKS.search(piece) or _ANOTHER_TROUBLE.search(piece)]
    return asked[-MAX_PIECES:] if any(ASKS.search(piece) for piece in asked) else []


def meant(text: str) -> str | None:
    """「不是退休，是转移」: what comes after the last 「是」 or 「我要」."""
    found = _MEANT.match(text.strip("。！!？? "))
    return None if found is None else found["meant"].strip("，, ") or None
