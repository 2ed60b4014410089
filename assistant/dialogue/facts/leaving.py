"""Why somebody left, told over several clauses: 「我自己走的，他欠我三个月工资」 is the employer's fault, not one's own wish.

《劳动合同法》第三十八条 names what an employer does wrong (wages not paid in full, no social insurance, unlawful rules, force); who leaves
for it gets severance pay (第四十六条第一项).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue.facts.clauses import Clause
from assistant.dialogue.facts.told import Told
from backend.contracts.facts import ME, Certainty

WHY = "ended_why"
OWN, FAULT = "own", "fault"
_FILE = Path(__file__).parent / "data" / "employer_fault.yaml"


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    faults: tuple[re.Pattern[str], ...] = Field(min_length=1)
    settled: tuple[re.Pattern[str], ...] = Field(min_length=1)
    left: re.Pattern[str]
    wished: re.Pattern[str]


def tells_fault(text: str) -> bool:
    """Whether a text tells that the employer does wrong; what is told as paid or settled is none."""
    for settled in _words().settled:
        text = settled.sub("〼", text)
    return any(fault.search(text) for fault in _words().faults)


def with_reason(found: Sequence[Told], parts: Sequence[Clause]) -> list[Told]:
    """The facts of a message, the leaving of its speaker judged by all clauses of it."""
    told = [part for part in parts if not part.claim]
    if not any(tells_fault(part.text) for part in told):
        return list(found)
    reasons = [one for one in found if one.fact == WHY]
    if reasons:
        return [replace(one, least=FAULT, most=FAULT) if one.fact == WHY and one.least == OWN else one for one in found]
    leaving = next((part for part in told if _left(part.text)), None)
    if leaving is None:
        return list(found)
    holder = next((part.holder for part in told if part.holder_at >= 0), ME)
    return [
        *found,
        Told(WHY, FAULT, FAULT, holder, Certainty.STATED, leaving.start, leaving.start + len(leaving.text),
             hypothetical=any(part.hypothetical for part in told)),
    ]  # fmt: skip


def _left(text: str) -> bool:
    return _words().left.search(text) is not None and _words().wished.search(text) is None


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
