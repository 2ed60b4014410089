"""Is this message an answer to the form, and to which field? Otherwise it is a question, and the form waits."""

from __future__ import annotations

import re

from assistant.actions.answer import FACET
from assistant.actions.case_beginning import introduced_name
from assistant.actions.case_corrections import CONFIDENT, read_case_correction
from assistant.actions.case_for_whom import told_for_another
from assistant.actions.case_given import Given, current_field, field_before
from assistant.actions.case_numbers import KINDS, name_beside_numbers
from assistant.actions.turn import TurnView
from backend.contracts.cases import Case, FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import EditField, WhichDay
from backend.language.choice_meanings import read_choice_meant
from backend.language.dates import which_day
from backend.language.documents import RESIDENT_ID, document_kinds, document_named, document_of
from backend.language.field_remarks import (
    FieldRemark,
    is_firm_name,
    lacks_telephone,
    names_fixed_line,
    read_field_remark,
)
from backend.language.field_texts import TextVerdict, is_no_person, is_question, read_field_text, says_nothing_to_tell
from backend.language.names import is_also_a_word, is_full_name, is_introduced, nickname, read_name
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
FREE_TEXT = frozenset({FieldKind.NAME, FieldKind.TEXT, FieldKind.LONG_TEXT})
VERY_CONFIDENT = 0.6
QUESTION_WORDS = re.compile(r"[?？]|吗$|呢$|什么|怎么|多久|多少|哪里|哪点|哪个|为什么|能不能|可不可以|要不要")
_STEERS = frozenset({"withdraw_case", "case_status", "person"})
"""Wishes about the case itself: no name sounds like one of them so clearly."""
_ABOUT_THE_FORM = frozenset({"repeat", "simpler", "help", "cancel", "deny", "skip"})
"""Said of the form as such: what is no person is not asked about as a name then."""
_SHORT_LEAVING = 8
"""Characters: a longer message may be an answer."""
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
_HANDS_IN = re.compile(
    r"(?:那|就|这样|那就|都|全|全都|我|看过了?|看了|核对过了?|帮我|给我|直接|可以|麻烦|请|现在|确认)*"
    r"(?:提?交上?去?|递交|报上?去?|发出?去?|没毛病|没得问题|没啥?问题|没有问题|没有错|没错|对的?|对头|正确|无误|可以了|妥了|OK|ok|Ok)"
    r"(?:了|吧|嘛|啊|哈|的|上去|一下|提?交)*"
)
"""At the filled form."""
_EDITS = frozenset({"修改", "改", "要改", "我要修改", "改一下"})


def read_answer(turn: TurnView, case: Case) -> Given | None:
    """What the message gives the form; None if it is something else."""
    if turn.choice is not None:
        return _pressed(turn.choice, turn, case)
    if turn.intent == "distress" and turn.confidence >= CONFIDENT:
        return None
    another = told_for_another(turn.text)
    if another is not None:
        return Given("for_another" if another else "for_myself")
    corrected = read_case_correction(turn, case)
    if corrected is not None:
        return corrected
    field = current_field(turn, case)
    if field is None or field.kind is not FieldKind.LONG_TEXT:
        turn.leave_out_what_was_taken_back()
    if field is None:
        return _beside(turn, case, read_field_remark(turn.text)) or _at_the_end(turn)
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
    if field.kind is FieldKind.PHONE:
        mobile = any(entry.kind == "phone" and entry.valid for entry in turn.identifiers)
        if names_fixed_line(turn.text) and not mobile:
            return Given("fixed_line", field.id)
        if lacks_telephone(turn.text):
            return Given("lacking", field.id)
    beside = _beside(turn, case, _remark(turn, field), field)
    if beside is not None:
        return beside
    if turn.intent == "cancel" and turn.confidence >= CONFIDENT and len(turn.text) <= _SHORT_LEAVING:
        return None
    if not field.required and (
        turn.intent == "skip" or turn.text.strip("。 ") in _SKIPS or says_nothing_to_tell(turn.text)
    ):
        return Given("skip", field.id)
    if field.kind is not FieldKind.CHOICE and read_remark(turn.text) is not None:
        return None
    called = _nickname(turn) if field.kind is FieldKind.NAME else None
    if called is not None:
        return Given("nickname", field.id, called)
    if field.kind is FieldKind.NAME and is_also_a_word(turn.text.strip("。，,.!！ ")):
        return Given("doubtful", field.id, turn.text.strip("。，,.!！ "))
    name = name_beside_numbers(turn.text) if field.kind is FieldKind.NAME and turn.identifiers else None
    if name is not None:
        return Given("answer", field.id, name)
    talks = turn.intent in TALK | _STEERS | _ABOUT_THE_FORM and turn.confidence >= CONFIDENT
    if field.kind is FieldKind.NAME and is_no_person(turn.text) and not is_question(turn.text) and not talks:
        return Given("answer", field.id, turn.text)  # the draft asks about it
    if not _answers(turn, field):
        return None
    digits = field.kind not in KINDS or turn.identifiers or figures_told(turn.text)
    return Given("answer", field.id, turn.text) if digits else Given("no_digits", field.id)


def _remark(turn: TurnView, field: FieldView) -> FieldRemark | None:
    """The remark at a field, where the same words are no answer to it."""
    if field.kind is FieldKind.CHOICE and read_choice_meant(turn.text, field.choices) is not None:
        return None
    remark = read_field_remark(turn.text)
    if field.kind is FieldKind.LONG_TEXT and remark is FieldRemark.HESITATING and read_remark(turn.text) is None:
        return None  # a reason may begin with 「我不清楚」
    return remark


def _beside(turn: TurnView, case: Case, remark: FieldRemark | None, field: FieldView | None = None) -> Given | None:
    """What follows from a remark; ``field``: what is asked for, None where the whole form was shown."""
    if remark is FieldRemark.BACK:
        before = field_before(turn, case)
        return Given("first") if before is None else Given("edit", before.id)
    if field is None:
        return Given("privacy") if remark is FieldRemark.PRIVACY else None
    match remark:
        case FieldRemark.WAITING | FieldRemark.HESITATING:
            return Given("wait", field.id)
        case FieldRemark.WHY:
            return Given("why", field.id)
        case FieldRemark.PRIVACY:
            return Given("privacy", field.id)
        case FieldRemark.SKIPPING | FieldRemark.DECLINING if not field.required:
            return Given("skip", field.id)
        case FieldRemark.SKIPPING:
            return Given("needed", field.id)
        case FieldRemark.DECLINING:
            return Given("declined", field.id)
    return None


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
    answer = True if _submits(turn.text) else read_yes_no(turn.text)
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


def _submits(text: str) -> bool:
    """Whether every part of it says that all is right, or to hand it in: 「都对，交吧」「没毛病，交」."""
    parts = [part for part in re.split(r"[，,。.!！~～\s]+", text.strip()) if part]
    told = [_HANDS_IN.fullmatch(part) is not None for part in parts]
    return any(told) and all(fits or read_yes_no(part) for part, fits in zip(parts, told, strict=True))


def _answers(turn: TurnView, field: FieldView) -> bool:
    wanted = KINDS.get(field.kind)
    if wanted is not None and (turn.identifiers or _ONLY_FIGURES.fullmatch(turn.text)):
        return True
    if field.kind is FieldKind.NAME:
        return _is_name(turn)
    reading = read_field_text(field.label, turn.text) if field.kind is FieldKind.TEXT else None
    if reading is not None and reading.verdict is TextVerdict.TAKEN and reading.sure:
        return True
    if turn.intent in TALK and turn.confidence >= CONFIDENT:
        return False
    if reading is not None and (reading.verdict is not TextVerdict.TAKEN or not _names_a_matter(turn)):
        return not is_question(turn.text) and not (turn.intent in _STEERS and turn.confidence >= VERY_CONFIDENT)
    question = turn.intent in QUESTIONS and turn.confidence >= CONFIDENT
    if field.kind in FREE_TEXT:
        sure = turn.intent in QUESTIONS and turn.confidence >= VERY_CONFIDENT
        return not (sure or (question and QUESTION_WORDS.search(turn.text)))
    if wanted is not None and field.figures and figures_told(turn.text):
        return True
    if wanted is not None and not re.search(r"\d", turn.text):
        return not (turn.intent in QUESTIONS or QUESTION_WORDS.search(turn.text))
    return not (question and QUESTION_WORDS.search(turn.text))


def _names_a_matter(turn: TurnView) -> bool:
    """Whether a few words name an item, or what is asked of one (「收费标准」), though they ask nothing."""
    return turn.named_item() is not None or FACET.search(turn.text) is not None


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
    bare = [entry for entry in turn.identifiers if entry.kind == "document"]
    if bare and field.document is None:
        return document_of(bare[0].masked)
    return "" if not turn.identifiers and _OTHER_DOCUMENT.search(said) else None


def _nickname(turn: TurnView) -> str | None:
    """What somebody is called; a name alone that is told once more after we asked is one on a card."""
    called = nickname(turn.text)
    before = turn.answers_before[0] if turn.answers_before else []
    name = read_name(turn.text)
    once_more = name is not None and not is_no_name(name) and any(said.name == "cases.nickname" for said in before)
    return None if once_more else called


def _is_name(turn: TurnView) -> bool:
    """Whether it is the name that is awaited: what is short and no word of ours is one, whatever it sounds like."""
    said = turn.text.strip("。，,.!！ ")
    name = read_name(said)
    if name is not None and is_introduced(said):
        return True
    if not QUESTION_WORDS.search(said) and introduced_name(said) is not None:
        return True  # in a clause of its own: 「不是我，是我媳妇，叫和春」
    if QUESTION_WORDS.search(said) or is_no_name(said) or read_yes_no(said) is not None:
        return False
    if len(said) >= _SHORT_NAME and is_firm_name(said):
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
