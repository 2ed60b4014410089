"""The check of the catalogue's content files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from backend.contracts.catalogue_content import Item
from backend.contracts.eligibility import eligibility
from backend.one_window.catalogue.delivered import ContentError, edition
from backend.one_window.catalogue.form_families import names_of_forms, without_form
from backend.one_window.catalogue.promising import unkept_promises
from backend.one_window.catalogue.search import unknown_codes
from backend.one_window.parameters.content import content
from backend.platform.features import ContentReport


def check() -> ContentReport:
    """Read every file; name what is wrong, and count what is not confirmed."""
    try:
        found = edition()
    except ContentError as error:
        return ContentReport(tuple(str(error).splitlines()))
    items = {code: delivered.item for code, delivered in found.items.items()}
    try:
        problems = [*unknown_codes(items.keys()), *misjudged(items), *unknown_uses(items, found.policy_answers)]
        problems += unkept_promises(items, found.policy_answers, found.general_form)
    except ValueError as error:  # what pydantic says names file, place and what to write
        return ContentReport(tuple(str(error).splitlines()))
    unconfirmed = sum(len(delivered.item.to_confirm) for delivered in found.items.values())
    limits = [delivered.item.time_limits for delivered in found.items.values()]
    without_limit = sum(one.statutory is None and one.promised is None for one in limits)
    remark = f"事项{len(found.items)}个；待中心确认的说法{unconfirmed}处；没有公布时限的事项{without_limit}个。"
    problems += (
        f"{item.code}：要填的「{names_of_forms(item)}」没有自己的表，请写进 forms/ 里的一个文件"
        for item in without_form(items.values())
    )
    return ContentReport(tuple(problems), (remark,))


def unknown_uses(items: Collection[str], answers: Collection[str]) -> Iterator[str]:
    """Items and policy answers that the local figures name and the catalogue does not have."""
    for parameter in content().parameters:
        yield from (
            f"parameters.yaml：{parameter.key}.items：没有事项 {code}" for code in parameter.items if code not in items
        )
    yield from (f"parameters.yaml：answers：没有问答 {one.id}" for one in content().answers if one.id not in answers)


def misjudged(items: Mapping[str, Item]) -> Iterator[str]:
    """Items whose conditions say something else than ``contracts/data/eligibility`` judges, sentence by sentence."""
    for code, rules in eligibility().items():
        if code not in items:
            yield f"eligibility：没有事项 {code}"
            continue
        said, judged = {condition.text for condition in items[code].conditions}, set(rules.sentences())
        yield from (
            f"eligibility：{code} 的条件「{text}」没有写怎么判断，写进 conditions 或 not_conditions"
            for text in sorted(said - judged)
        )
        yield from (
            f"eligibility：{code} 里「{text}」和事项的条件对不上，照事项的原话改" for text in sorted(judged - said)
        )
