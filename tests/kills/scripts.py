"""The cases that are played while parts are killed: what is said, what a clerk does, what must be kept at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from tests.conftest import ID_NUMBER, PHONE

_NAMES = ("和秀英", "木志强", "杨丽华", "李建国")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does. ``shows``: words that the citizen then reads."""

    kind: str
    """``say``, ``choose`` (citizen) or ``clerk``."""
    what: str
    shows: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A case from its first sentence to its end, and what must then be kept of it."""

    item: str
    steps: tuple[Step, ...]
    done: tuple[str, ...]
    """Steps that the case has seen at the end, in order."""
    answers: dict[str, str]
    """Fields without identifiers, as kept."""

    def count(self, *kinds: str) -> int:
        """How many steps are of these kinds."""
        return sum(step.kind in kinds for step in self.steps)


def scripts() -> Iterator[Script]:
    """Different cases, one after another, for ever."""
    for place, make in enumerate(cycle((_paid, _supplemented, _withdrawn, _left_and_resumed))):
        yield make(place)


def _say(what: str, shows: str = "") -> Step:
    return Step("say", what, shows)


def _clerk(step: str, **body: Any) -> Step:
    return Step("clerk", step, body=body)


def _accepted() -> Step:
    """Accepted before the materials are there: with a reason and a day."""
    month = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011  # any day that has not come
    return _clerk("accept", note="原件在路上，先受理", until=month)


_SUBMIT = Step("choose", "case:submit", "受理编号")
_STATUS = "我的件办到哪了"


def _name(place: int) -> str:
    return _NAMES[place % len(_NAMES)]


def _applicant(place: int) -> tuple[Step, ...]:
    return (_say(_name(place), "身份证号码"), _say(ID_NUMBER, "手机号码"), _say(PHONE))


def _post_for(place: int) -> tuple[Step, ...]:
    """An application with few questions, up to its number."""
    return (
        _say("帮我申请公益性岗位", "请问您叫什么名字"),
        *_applicant(place),
        _say("没有", "填好了"),
        _SUBMIT,
    )


def _paid(place: int) -> Script:
    """Unemployment benefit, from the first word to the end."""
    employer = f"古城酒店{place}"
    steps = (
        _say("帮我办失业金申领", "请问您叫什么名字"),
        *_applicant(place),
        _say(employer),
        _say("2026年10月31日"),
        _say("单位辞退或裁员", "填好了"),
        _SUBMIT,
        _accepted(),
        _say(_STATUS, "已经受理"),
        _clerk("approve", note="符合条件"),
        _clerk("deliver"),
    )
    told = {"last_employer": employer, "left_on": "2026-10-31", "leaving_reason": "单位辞退或裁员"}
    return Script("LJ-SY-001", steps, ("submit", "accept", "approve", "deliver"), {"name": _name(place), **told})


def _supplemented(place: int) -> Script:
    """Something is missing and is brought; then it is refused after all."""
    month = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011  # any day that has not come
    lines = [
        {"name": "社会保障卡", "why": "待遇发到卡里", "how": "到银行网点开通"},
        {"name": "公益性岗位申请表", "why": "写明想做哪样", "how": "在窗口填一份"},
    ]
    steps = (
        *_post_for(place),
        _accepted(),
        _clerk("request_supplement", lines=lines, until=month),
        _say(_STATUS, "社会保障卡"),
        _clerk("receive_supplement"),
        _clerk("reject", note="不符合条件"),
    )
    done = ("submit", "accept", "request_supplement", "receive_supplement", "reject")
    return Script("LJ-JY-007", steps, done, {"name": _name(place)})


def _withdrawn(place: int) -> Script:
    """Submitted by mistake and taken back."""
    steps = (
        *_post_for(place),
        _say("提交错了，撤回来", "确定撤回"),
        _say("是的", "已经撤回"),
        _say(_STATUS, "已经撤回"),
    )
    return Script("LJ-JY-007", steps, ("submit", "withdraw"), {"name": _name(place)})


def _left_and_resumed(place: int) -> Script:
    """Left half-filled, a question in between, gone on with, not taken."""
    first, name, *others = _post_for(place)
    steps = (
        first,
        name,
        _say("算了", "先停下"),
        _say("领失业金要什么条件", "失业"),
        _say("继续申请公益性岗位", "身份证号码"),
        *others,
        _clerk("refuse", note="不在本市办"),
    )
    return Script("LJ-JY-007", steps, ("submit", "refuse"), {"name": _name(place)})
