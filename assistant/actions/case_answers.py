"""Is this message an answer to the form, and to which field? Otherwise it is a question, and the form waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.actions.turn import TurnView
from backend.contracts.cases import Case, FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import EditField, RepeatCard, WhichDay
from backend.language.dates import which_day
from backend.language.documents import RESIDENT_ID, document_kinds, document_named
from backend.language.names import is_also_a_word, is_full_name, is_introduced, read_name
from backend.language.number_parts import figures_told
from backend.language.placeholders import replace_placeholders
from backend.language.remarks import Remark, is_no_name, read_remark
from backend.language.verb_answers import read_yes_no_to
from backend.language.yes_no import read_yes_no

QUESTIONS = frozenset(
    {"ask_materials", "ask_steps", "ask_time_limit", "ask_deadline", "ask_fee", "ask_amount", "ask_place", "ask_hours",
     "ask_eligibility", "ask_result", "ask_legal_basis", "ask_guide", "case_status", "person", "complaint", "help",
     "repeat", "simpler", "out_of_scope", "withdraw_case", "compute", "ask_several"}
)  # fmt: skip
TALK = frozenset({"greeting", "thanks", "goodbye", "abuse", "start_case", "correct_item"})
"""No answers either, whatever the field."""
IDENTIFIERS: dict[FieldKind, str] = {
    FieldKind.ID_NUMBER: "id",
    FieldKind.PHONE: "phone",
    FieldKind.BANK_CARD: "bank",
}
FREE_TEXT = frozenset({FieldKind.NAME, FieldKind.TEXT, FieldKind.LONG_TEXT})
CONFIDENT = 0.45
VERY_CONFIDENT = 0.6
QUESTION_WORDS = re.compile(r"[?？]|吗$|呢$|什么|怎么|多久|多少|哪里|哪点|哪个|为什么|能不能|可不可以|要不要")
_STEERS = frozenset({"withdraw_case", "case_status", "person"})
"""Wishes about the case itself: no name sounds like one of them so clearly."""
_SHORT_NAME = 4
"""Characters of a name that may sound like anything."""
_OTHER_DOCUMENT = re.compile(
    r"(?:没有|没得|不用|别的|其他|换个|另外的)(?:居民)?(?:身份证|证件)|外国人|护照|通行证|居住证"
)
_MAY_BE_USED = re.compile(r"(?:可以|行|得行|能用|可用|认)(?:不|吗)|行不行|可不可以|能不能用")
_LONGEST_NAMING = 24
"""Characters: a longer message tells more than which document is used."""
_ONLY_FIGURES = re.compile(r"[\s\d\-]*\d[\s\d\-]*[Xx]?")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\s]*(?:[ ,]+[A-ZÀ-Þ][^\s]*)+")
"""Latin words as names are written; what a foreigner asks is not."""
_WAITS = frozenset({Remark.WAITING, Remark.HESITATING})
_SKIPS = frozenset({"跳过", "没有", "无", "不填", "没有了", "没", "没有补充"})
_EDITS = frozenset({"修改", "改", "要改", "我要修改", "改一下"})


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: an answer to a field, a skip, the wish to correct one, the word to submit, no number where one is due.

    ``review``: nothing is to be corrected after all. ``wait``: they look for it. ``doubtful``: a word that may be a name.
    ``documents``: another document is used, ``value`` says which, empty where it is to be asked; ``number``: told with it.
    """

    kind: Literal["answer", "skip", "edit", "submit", "review", "no_digits", "wait", "doubtful", "documents"]
    field: str | None = None
    value: str = ""
    corrects: bool = False
    """Whether it replaces what was given before."""
    label: str = ""
    """What the corrected field is called."""
    number: str = ""
    """Of another document."""


def read_answer(turn: TurnView, case: Case) -> Given | None:
    """What the message gives the form; None if it is something else."""
    if turn.choice is not None:
        return _pressed(turn.choice, turn, case)
    if turn.intent == "distress" and turn.confidence >= CONFIDENT:
        return None
    corrected = _correction(turn, case)
    if corrected is not None:
        return corrected
    field = current_field(turn, case)
    if field is None:
        return _at_the_end(turn)
    if turn.intent == "cancel" and turn.confidence >= CONFIDENT and len(turn.text) <= 8:
        return None
    if field.kind is FieldKind.YES_NO and read_yes_no_to(field.question, turn.text) is not None:
        return Given("answer", field.id, turn.text)
    document = _document(turn, field) if field.kind is FieldKind.ID_NUMBER else None
    if document is not None:
        return Given("documents", field.id, document, number=turn.text if document and turn.identifiers else "")
    days = turn.pending.days if isinstance(turn.pending, WhichDay) else ()
    if field.kind is FieldKind.DATE and days:
        meant = which_day(turn.text, days, turn.message.today)
        if meant is not None:
            return Given("answer", field.id, meant.isoformat())
    if not field.required and (turn.intent == "skip" or turn.text.strip("。 ") in _SKIPS):
        return Given("skip", field.id)
    remark = None if field.kind is FieldKind.CHOICE else read_remark(turn.text)
    if remark is not None:
        return Given("wait", field.id) if remark in _WAITS else None
    if field.kind is FieldKind.NAME and is_also_a_word(turn.text.strip("。，,.!！ ")):
        return Given("doubtful", field.id, turn.text.strip("。，,.!！ "))
    if not _answers(turn, field):
        return None
    digits = field.kind not in IDENTIFIERS or turn.identifiers or figures_told(turn.text)
    return Given("answer", field.id, turn.text) if digits else Given("no_digits", field.id)


def current_field(turn: TurnView, case: Case) -> FieldView | None:
    """The field that the message answers; None when the whole form was shown.

    It is the one that was asked for, not the next one to ask for: a turn that is repeated after a crash, when its answer is
    already in the draft, would otherwise give the same words to the next field, or submit.
    """
    pending = turn.pending
    if isinstance(pending, EditField | RepeatCard | WhichDay):
        return next((field for field in case.fields if field.id == pending.field), None)
    asked = turn.last_form_question
    if asked is not None and asked.asks_for is None:
        return None
    known = (field for field in case.fields if asked is not None and field.id == asked.asks_for)
    return next(known, case.next_field)


def _pressed(choice: ChoiceValue, turn: TurnView, case: Case) -> Given | None:
    field = current_field(turn, case)
    match choice:
        case ChoiceValue(ChoiceKind.CASE, "submit"):
            return Given("submit")
        case ChoiceValue(ChoiceKind.CASE, "edit"):
            return Given("edit")
        case ChoiceValue(ChoiceKind.FIELD, field_id):
            return Given("edit", field_id)
        case ChoiceValue(ChoiceKind.SKIP) if field is not None:
            return Given("skip", field.id)
        case ChoiceValue(ChoiceKind.FORM_VALUE, value) if field is not None and field.kind is FieldKind.ID_NUMBER:
            return Given("documents", field.id, value if value in document_kinds() else "")
        case ChoiceValue(ChoiceKind.FORM_VALUE, value) if field is not None:
            return Given("answer", field.id, value)
    return None


def _at_the_end(turn: TurnView) -> Given | None:
    """Everything is filled: only the word to submit or the wish to correct is awaited.

    Where we have asked which field to correct, yes and no mean that there is none: the form is shown again, not submitted.
    """
    answer = read_yes_no(turn.text)
    if answer is None and turn.intent in {"affirm", "deny"} and turn.confidence >= CONFIDENT:
        answer = turn.intent == "affirm"
    if isinstance(turn.pending, EditField):
        return None if answer is None else Given("review")
    if turn.text.strip("。 ") in _EDITS or answer is False:
        return Given("edit")
    if answer is None and (
        turn.intent == "skip" or turn.text.strip("。 ") in _SKIPS or read_remark(turn.text) in _WAITS
    ):
        return Given("review")
    return Given("submit") if answer else None


def _correction(turn: TurnView, case: Case) -> Given | None:
    """「手机号错了，是138…」: the field it names, the value if it carries one."""
    if turn.intent != "correct_field" or turn.confidence < CONFIDENT:
        return None
    named = _named_field(turn.text, case)
    if named is None:
        return Given("edit") if case.next_field is None else None
    value = re.split(r"改成|应该是|是|改为", turn.text, maxsplit=1)
    carries = len(value) == 2 and value[1].strip("的错了。 ")
    return (
        Given("answer", named.id, value[1].strip(), corrects=True, label=named.label)
        if carries
        else Given("edit", named.id)
    )


def _named_field(text: str, case: Case) -> FieldView | None:
    for field in case.fields:
        words = {field.label, field.label.removesuffix("码"), field.label[:2], field.label.removesuffix("号码")}
        if any(len(word) > 1 and word in text for word in words):
            return field
    synonyms = {FieldKind.PHONE: "电话", FieldKind.NAME: "名字"}
    return next((field for field in case.fields if synonyms.get(field.kind, "\0") in text), None)


def _answers(turn: TurnView, field: FieldView) -> bool:
    wanted = IDENTIFIERS.get(field.kind)
    if wanted is not None and (turn.identifiers or _ONLY_FIGURES.fullmatch(turn.text)):
        return True
    if field.kind is FieldKind.NAME:
        return _is_name(turn)
    if turn.intent in TALK and turn.confidence >= CONFIDENT:
        return False
    question = turn.intent in QUESTIONS and turn.confidence >= CONFIDENT
    if field.kind in FREE_TEXT:
        sure = turn.intent in QUESTIONS and turn.confidence >= VERY_CONFIDENT
        return not (sure or (question and QUESTION_WORDS.search(turn.text)))
    if wanted is not None and field.figures and figures_told(turn.text):
        return True
    if wanted is not None and not re.search(r"\d", turn.text):
        return not (turn.intent in QUESTIONS or QUESTION_WORDS.search(turn.text))
    return not (question and QUESTION_WORDS.search(turn.text))


def _document(turn: TurnView, field: FieldView) -> str | None:
    """The kind of document named at the field for the identity number; empty for another one that is not named."""
    said = replace_placeholders(turn.text, " ")
    if len(said) > _LONGEST_NAMING or (QUESTION_WORDS.search(said) and not _MAY_BE_USED.search(said)):
        return None
    named = document_named(said)
    whole = any(entry.kind == "id" and entry.valid for entry in turn.identifiers)
    if whole and (named is None or document_kinds()[named].checked != "as_id"):
        return None
    if named == RESIDENT_ID:
        return RESIDENT_ID if field.document else None
    if named is not None:
        return named
    return "" if not turn.identifiers and _OTHER_DOCUMENT.search(said) else None


def _is_name(turn: TurnView) -> bool:
    """Whether it is the name that is awaited: what is short and no word of ours is one, whatever it sounds like."""
    said = turn.text.strip("。，,.!！ ")
    name = read_name(said)
    if name is not None and is_introduced(said):
        return True
    if QUESTION_WORDS.search(said) or is_no_name(said) or read_yes_no(said) is not None:
        return False
    if is_full_name(said):
        return True
    if name is not None and _CAPITALISED.fullmatch(said):
        return True
    if turn.intent in TALK | _STEERS and turn.confidence >= VERY_CONFIDENT:
        return False
    if name is not None and (len(name) <= _SHORT_NAME or "·" in name):
        return turn.named_item() is None
    if turn.intent in QUESTIONS | {"deny", "cancel"} and turn.confidence >= CONFIDENT:
        return False
    return name is not None or not turn.intent.startswith("ask_")
