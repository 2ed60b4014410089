"""Corrections in the form of a case: which field, and the right value if it is told with it."""

from __future__ import annotations

import re

from assistant.actions.case_fitting import SURELY, fit, is_value_of
from assistant.actions.case_given import Given, asked_before, current_field, previous_field
from assistant.actions.case_numbers import KINDS
from assistant.actions.turn import TurnView
from assistant.dialogue.field_naming import NamedField, field_named
from backend.contracts.cases import Case, FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.pending import EditField
from backend.language.corrections import Contrast, Correction, read_contrast, read_correction
from backend.language.part_changes import PartChange, read_part_change
from backend.language.placeholders import has_placeholder

CONFIDENT = 0.45
_POLITE = r"(?:我|想|要|请|帮|把|将|麻烦|需要|再|还|能不能|可以)*"
_WISHES = re.compile(
    rf"{_POLITE}(?P<of>.{{1,12}}?)(?:要|想|得|需要|也|再)*(?:改一?下|修改(?:一下)?|改改|改动|改|更正|重新?[填写])(?:一下|吧|嘛|啊|了)*"
    rf"|{_POLITE}(?:改一?下|修改(?:一下)?|改改|改|更正|重新?[填写])(?:一下|下)?(?P<of_last>[^成为到掉].{{0,11}}?)(?:吧|嘛|啊)?"
)
_IS = re.compile(r"(?P<of>.{1,12}?)(?:应该是|应当是|应该|要?改成|改为|是|写成?|[：:])[，, ]*(?P<value>\S.*)", re.DOTALL)
_CHANGE_TO = re.compile(
    rf"{_POLITE}(?:改一?下|修改(?:一下)?|改改|改|更正)(?:一下)?(?P<of>.{{2,12}}?)[，,：: ]*(?:改成|改为|应该是|应当是|应该|是|换成)[，,：: ]*(?P<value>\S.*)",
    re.DOTALL,
)
"""「改一下离职原因，是公司倒闭」: the field and the value."""
_SIGNS = "。，,.!！~ "


def read_case_correction(turn: TurnView, case: Case) -> Given | None:
    """「手机号错了，是138…」「不对，是云杉石材」「第三个改一下」: the field and the value; None for any other message."""
    part = read_part_change(turn.text)
    number = None if part is None else _number_meant(part, turn, case)
    if number is not None:
        return Given("answer", number.id, turn.text, corrects=True, label=number.label)
    said = read_correction(turn.text)
    if said is not None:
        given = _corrected(turn, case, said)
        if given is not None:
            return given
    contrast = read_contrast(turn.text)
    if contrast is not None:
        given = _contrasted(turn, case, contrast)
        if given is not None:
            return given
    now = current_field(turn, case)
    whole_form = now is None
    told = _CHANGE_TO.fullmatch(turn.text.strip(_SIGNS))
    if told is None and (whole_form or _is_sure(turn)):
        told = _IS.fullmatch(turn.text.strip(_SIGNS))
    field = None if told is None else _named(told["of"], turn, case)
    if told is not None and field is not None and (whole_form or field.value):
        return Given("answer", field.id, told["value"], corrects=bool(field.value), label=field.label)
    return _wish(turn, case)


def _number_meant(part: PartChange, turn: TurnView, case: Case) -> FieldView | None:
    """The filled field whose number is put right in a part: the one named, else the one asked last."""
    filled = {field.id: field for field in case.fields if field.kind in KINDS and field.value}
    if part.of:
        named = _named(part.of, turn, case)
        return None if named is None else filled.get(named.id)
    now = current_field(turn, case)
    if now is not None and now.kind in KINDS and not now.value:
        return None  # a part of the one that is awaited
    return next((filled[one] for one in asked_before(turn, case) if one in filled), None)


def _is_sure(turn: TurnView) -> bool:
    return turn.intent == "correct_field" and turn.confidence >= CONFIDENT


def _contrasted(turn: TurnView, case: Case, said: Contrast) -> Given | None:
    """「X，不是Y」: of the field that is named, else of the one whose value is Y, else of the one that is asked for."""
    if has_placeholder(turn.text):
        return None
    now, right = current_field(turn, case), said.right
    told = _IS.fullmatch(right)
    named = None if told is None else _named(told["of"], turn, case)
    if told is not None and named is not None and fit(named, told["value"], turn) and fit(named, said.wrong, turn):
        return Given("answer", named.id, told["value"], corrects=bool(named.value), label=named.label)
    of_value = next((one for one in case.fields if is_value_of(one, said.wrong) and fit(one, right, turn)), None)
    if of_value is not None:
        return Given("answer", of_value.id, right, corrects=True, label=of_value.label)
    if now is None or now.kind not in {FieldKind.NAME, FieldKind.TEXT, FieldKind.DATE, FieldKind.MONTH}:
        return None
    alike = bool(set(right) & set(said.wrong)) and fit(now, right, turn) and fit(now, said.wrong, turn)
    return Given("answer", now.id, right) if alike or fit(now, right, turn) == SURELY else None


def _corrected(turn: TurnView, case: Case, said: Correction) -> Given | None:
    now = current_field(turn, case)
    named = None if said.is_of_the_last else _named(said.of, turn, case)
    if named is None and not said.is_of_the_last:
        # of the value before it, in the same message; or of a value that is kept
        kept = next((one for one in case.fields if is_value_of(one, said.of) and fit(one, said.value, turn)), None)
        if kept is None or has_placeholder(turn.text):
            return None
        return Given("answer", kept.id, said.value, corrects=True, label=kept.label)
    value = said.value
    if said.is_of_the_last:
        told = _IS.fullmatch(value)
        named = None if told is None else _named(told["of"], turn, case)
        value = value if told is None or named is None else told["value"]
    target = named or _last(turn, case, value)
    if not value:
        wrong = said.said_wrong or named is not None
        return Given("edit", target.id) if target is not None and wrong else None
    if target is None or (now is not None and target.id == now.id and not now.value):
        return None if now is None else Given("answer", now.id, value)
    return Given("answer", target.id, value, corrects=True, label=target.label)


def _last(turn: TurnView, case: Case, value: str) -> FieldView | None:
    """The field that an unnamed correction is about: the one answered last, or the one whose reader takes the value.

    Never another: where none does, it is the one that is asked for, which then refuses the value.
    """
    now, before = current_field(turn, case), previous_field(turn, case)
    if not value:
        return now if now is not None and now.figures else before
    here, there = (0 if one is None else fit(one, value, turn) for one in (now, before))
    if here > there:
        return now
    if there == SURELY:
        return before
    by_id = {one.id: one for one in case.fields}
    sure = (one for name in asked_before(turn, case) if fit(one := by_id[name], value, turn) == SURELY)
    return next(sure, before if there or now is None else now)


def _wish(turn: TurnView, case: Case) -> Given | None:
    """「电话要改」「第三个改一下」; where we asked which one, its name or its place alone."""
    said = turn.text.strip(_SIGNS)
    found = _WISHES.fullmatch(said)
    which = isinstance(turn.pending, EditField) and turn.pending.field is None
    name = said if found is None else found["of"] or found["of_last"]
    field = _named(name, turn, case) if found is not None or which else None
    if field is None and _is_sure(turn):
        field = _named(re.sub(r"错了?|不对|写|填", "", said), turn, case)
        if field is None:
            return Given("edit") if case.next_field is None else None
    if field is None or (not field.value and not which and current_field(turn, case) == field):
        return None
    if turn.identifiers and field.kind in KINDS:
        return Given("answer", field.id, turn.text, corrects=True, label=field.label)
    return Given("edit", field.id)


def _named(said: str, turn: TurnView, case: Case) -> FieldView | None:
    fields = [NamedField(field.id, field.label, field.kind) for field in case.fields]
    found = field_named(said, fields, tuple(asked_before(turn, case)))
    return next((field for field in case.fields if field.id == found), None)
