"""The rules of the dialogue in the order in which they are asked: life, data, our own question, repair, content, talk."""

from __future__ import annotations

from typing import Any

from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rules.access import AccessRoute
from assistant.dialogue.rules.case_path import AppealRule, CaseStatusRule, PayDate, Supplement, Withdraw
from assistant.dialogue.rules.computing import Compute, TellRerun
from assistant.dialogue.rules.correct_result import CorrectResult
from assistant.dialogue.rules.courtesy import Courtesy
from assistant.dialogue.rules.danger import DangerBusiness, DangerCard, DangerNew, DangerSoft, DangerStays
from assistant.dialogue.rules.eligible import Eligible
from assistant.dialogue.rules.facts_told import FactsTold
from assistant.dialogue.rules.feedback import GiveFeedback, Rate, Urge
from assistant.dialogue.rules.frame_unclear import FrameUnclear
from assistant.dialogue.rules.hall import Hall
from assistant.dialogue.rules.in_frame import AnswerByUnit, FollowUpRule
from assistant.dialogue.rules.known_facts import KnownFactsRule
from assistant.dialogue.rules.listed import ListedPoint
from assistant.dialogue.rules.notice_again import NoticeAgain
from assistant.dialogue.rules.other_language import OtherLanguage
from assistant.dialogue.rules.proxy import ProxyMay
from assistant.dialogue.rules.wrong_field import WrongFieldRule

_ORDER: tuple[DialogueRule[Any], ...] = (
    DangerNew(),
    DangerCard(),
    DangerBusiness(),
    DangerStays(),
    DangerSoft(),
    OtherLanguage(),
    GiveFeedback(),
    KnownFactsRule(),
    ListedPoint(),
    NoticeAgain(),
    Urge(),
    Rate(),
    Withdraw(),
    Supplement(),
    AppealRule(),
    WrongFieldRule(),
    PayDate(),
    CaseStatusRule(),
    Compute(),
    CorrectResult(),
    TellRerun(),
    Eligible(),
    FactsTold(),
    Courtesy(),
    ProxyMay(),
    AccessRoute(),
    Hall(),
    FollowUpRule(),
    AnswerByUnit(),
    FrameUnclear(),
)

RULES: dict[str, DialogueRule[Any]] = {rule.name: rule for rule in _ORDER}
"""By name, in order."""
ANSWERING = tuple(rule for rule in _ORDER if not rule.goes_on)
LEADING = tuple(rule for rule in _ORDER if rule.leads)
ADDING = tuple(rule for rule in _ORDER if rule.goes_on and not rule.leads)
"""Rules that answer, rules that say a line before an answer, and rules that add one after it."""
