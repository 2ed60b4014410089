"""Questions: what is asked of an item, rule questions, another office's matters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.items import (
    FOLLOW_UP_LENGTH,
    ask_which,
    carried_item,
    common_choices,
    known_options,
    now_about,
    offer,
    offer_again,
    say_not_understood,
    which_again,
    words_beside,
)
from assistant.actions.kept_numbers import numbers_named
from assistant.actions.of_the_item import answer_whether_it_does
from assistant.actions.one_thing import tell_one_thing
from assistant.actions.turn import CHOICE, TurnView, hotline_of
from assistant.dialogue.message import points_back
from assistant.dialogue.state import Frame
from assistant.replies.rendering import button
from assistant.understanding.decision import ANSWER_SURE, ITEM_SURE, Kind, Option, beside
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_index import names_of
from assistant.understanding.normaliser import normalise
from assistant.understanding.offices import deed_words, office_of
from assistant.understanding.same_question import same_question
from assistant.understanding.several import ASKS, LONG_STORY
from backend.client.calculators import CalculatorsClient
from backend.client.catalogue import CatalogueClient
from backend.client.notices import NoticesClient
from backend.contracts.calculators import RuleView
from backend.contracts.cards import AnswerCard, GuideCard
from backend.contracts.catalogue import Guide
from backend.contracts.catalogue_content import Ask, Material
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.notices import LineKind, NoticeRequest
from backend.contracts.pending import WhichItem
from backend.contracts.replies import Choice, Outcome

SURE_INTENT, LIKELY_INTENT = 0.6, 0.5
MIN_WORD = 2
MIN_MATTER, SENTENCE = 4, 6
"""Characters: shorter is no matter at all; from here on it is a sentence."""
MAX_ELLIPSIS = 12
MAX_NAME = 10
"""Characters: 「补社保卡」 to our 「您想办哪件事」."""
MAX_FACET = 7
"""Characters beside the name: 「社保卡怎么激活」 asks nothing but how."""
CERTAIN = 0.75
BEYOND_DOUBT = 0.85
"""A policy answer whose question is this alike is given before a guide."""
_OUR_PLACE = re.compile(
    r"(?:大厅|中心|你们(?:单位|那里|那点)?).{0,3}(?:在哪|在什么|哪里|地址|怎么走|几点|上班|开门|开到)"
)
FACET = re.compile(
    r"材料|资料|证件|手续|流程|步骤|程序|时间|时限|期限|地址|地点|电话|费用|收费|工本费|钱|条件|要求|依据|法律|规定|标准|结果|窗口|带|办|领|查|资格|给"
)
"""「失业登记地点」 asks without a question word; 「公司不发工资」 only tells."""
_CONDITIONS = re.compile(r"条件|要求|资格|什么人|哪些人|哪种人")
_TROUBLE = re.compile(
    r"怎么办|咋办|咋个办|咋整|怎么弄|(?:会|有|要).{0,2}(?:怎么样|咋样|什么后果|啥后果)|有什么影响|后果"
)
"""Asked of what has gone wrong: what is handed out at the end is no answer."""
_CONSEQUENCE = re.compile(r"暂停|停发|作废|清零|不予|处罚|罚款|逾期|超过|补发|不服|影响")
_QUESTION = re.compile(
    r"[?？吗呢]|什么|啥|怎么|咋|多久|几天|多少|好多|好久|哪|谁|能不能|可不可以|要不要|行不行|是不是|得不得"
)
"""A question in so many words; 「押金2000不退」 is none."""
_RECEIVING = re.compile(r"(?:能|可以|要)?(?:领|拿|发|享受)(?:得到)?(?:多久|好久|几个月|多长|多少个月)")
"""How long one is paid, not how long it takes."""
_NEEDS_WORD = {
    "ask_result": re.compile(
        r"结果|拿到|拿什么|给我?(?:什么|啥)|发什么|办好|办完|下来|通知|怎么知道|证|收到|会得到|成功"
    ),
    "ask_fee": re.compile(r"钱|费|收|价|块|元|成本"),
    "ask_amount": re.compile(r"(?<!我|他|她)多少|好多|多高|几|标准|比例|怎么算|咋个?算|上限|最[多高低少]|额度"),
}
"""Without such a word neither a result nor a fee nor an amount is asked for: 「扣我押金2000不退」."""
_PAYING = re.compile(r"(?:要|收|交|花|付|出).{0,2}(?:多少|好多|几|什么)(?:块|个)?(?:钱|费)|工本费|手续费")
_CONTRIBUTED = frozenset({"contributions", "pension", "medical", "unemployment", "work_injury"})
"""Topics in which 「要交多少」 is a contribution, not a fee."""
_HOURS = re.compile(r"上班|下班|开门|关门|几点|营业|周末|周六|周日|星期|中午|节假日|放假|时间")
UNSURE_INTENT = 0.22
"""Below this what is asked is not clear; with a clear item its overview is given."""
REPLIES = {
    "ask_steps": "answers.steps",
    "ask_time_limit": "answers.time_limit",
    "ask_deadline": "answers.deadline",
    "ask_fee": "answers.fee",
    "ask_amount": "answers.amount",
    "ask_place": "answers.place",
    "ask_hours": "answers.hours",
    "ask_eligibility": "answers.eligibility",
    "ask_result": "answers.result",
    "ask_legal_basis": "answers.legal_basis",
    "ask_guide": "answers.guide",
    "ask_materials": "answers.materials_short",
}
FACETS = ("ask_materials", "ask_steps", "ask_time_limit", "ask_place")
MAX_OF_A_TOPIC = 4
LIKELY_IN_STORY = 0.15
"""How probable a story as a whole must find the topic of the question that is buried in it."""
_PLAIN = frozenset({"ask_steps", "ask_place", "ask_legal_basis", "ask_fee", "ask_time_limit"})
_LEAVING = frozenset({"cancel", "skip"})
MAX_LEAVING = 10
"""Characters: 「算了不办了」 with no form open."""
_OFFER_COMPUTING = frozenset({"ask_amount", "ask_deadline", "ask_eligibility", "ask_guide"})
MAX_RULES = 2
_DEADLINE_FACT = re.compile(r"[日天月年]以?内(?!办完|办好|出结果|作出|决定|发)|之前|以前|截止|时效|逾期")
_HOW_LONG = re.compile(r"几个月|最长")
_HOW_MUCH = re.compile(r"多少|怎么算|能报哪些")
_AMOUNT_FACT = re.compile(r"元|%|个月|标准|比例|最长|倍|金额")


class Answer(DaobanAction):
    """Answers what is asked of the item that is meant."""

    action_name: ClassVar[str] = "action_answer"

    async def act(self, turn: TurnView) -> Events:
        """Answer, or ask what is meant, or say whose it is."""
        if turn.intent not in REPLIES and turn.identifiers and turn.named_item() is None:
            numbers = numbers_named(turn.identifiers)
            turn.say("talk.identifier_kept", choices=common_choices(), outcome=Outcome.CHAT, numbers=numbers)
            return []
        if turn.intent in _LEAVING and len(turn.text) <= MAX_LEAVING:
            turn.say("talk.left", outcome=Outcome.CHAT)
            return [now_pending(None)]
        told = known_question(turn)
        if told is not None:
            return await tell_answer(turn, told)
        again = which_again(turn)
        if again is not None:
            return again
        beside = await answer_whether_it_does(turn)
        if beside is not None:
            return beside
        both = _about_both(turn)
        if both is not None:
            return await tell_answer(turn, both)
        intent = _asked(turn)
        if _OUR_PLACE.search(turn.text) and turn.named_item() is None:
            return await _about_the_centre(turn, "ask_hours" if _HOURS.search(turn.text) else "ask_place")
        titled = _titled(turn.text) if asks_the_same(turn) else None
        if titled is not None:
            return await tell_answer(turn, titled)
        same = turn.named_item() if asks_the_same(turn) else None
        if same is not None and turn.asked is not None:
            return await answer(turn, turn.asked, same)
        pending = turn.pending
        named = turn.named_item() or turn.sure_item()
        naming = len(turn.text) <= MAX_NAME and not _QUESTION.search(turn.text)
        if isinstance(pending, WhichItem) and named is not None and naming:
            return await answer(turn, pending.then if pending.then in REPLIES else intent, named)
        carried = carried_item(turn)
        if carried is not None and (intent != "ask_guide" or turn.intent == "ask_guide"):
            return await answer(turn, intent, carried)
        own = turn.decision.kind is Kind.ITEM and turn.decision.id == carried
        trouble = _TROUBLE.search(turn.text) is not None
        if carried is not None and (trouble or not own) and _QUESTION.search(turn.text):
            return await not_sure(turn, carried)
        return await by_decision(turn, intent)


async def asked_instead(turn: TurnView) -> Events:
    """What was taken for a wish to start a case, and is none: answered as a question."""
    same = turn.named_item() if asks_the_same(turn) else None
    turn.decide_as("ask_guide")
    if same is not None:
        return await answer(turn, turn.asked or "ask_guide", same)
    return await by_decision(turn, "ask_guide")


def _asked(turn: TurnView) -> str:
    """What is asked; the item as a whole where that is not clear."""
    worded = any(words.search(turn.text) for words in (ASKS, FACET, _HOURS))
    if turn.intent == "ask_time_limit" and _RECEIVING.search(turn.text):
        turn.decide_as("ask_amount")
        return "ask_amount"
    trouble = turn.intent == "ask_result" and _TROUBLE.search(turn.text)
    needed = _NEEDS_WORD.get(turn.intent)
    worded_off = needed is not None and not needed.search(turn.text) and not _RECEIVING.search(turn.text)
    off = trouble or worded_off
    known = turn.intent in REPLIES and turn.confidence >= UNSURE_INTENT and worded and not off
    when = turn.intent == "ask_hours" and not _HOURS.search(turn.text)
    bare = any(normalise(said.name) == normalise(turn.text) for said in turn.named)
    if known and not when and not bare:
        return turn.intent
    turn.decide_as("ask_guide")
    return "ask_guide"


def asks_the_same(turn: TurnView) -> bool:
    """「那退休呢」: another item, nothing said about what is asked of it: the same as before."""
    return len(turn.text) <= MAX_ELLIPSIS and turn.text.rstrip("?？。").endswith(("呢", "咧", "嘞"))


async def by_decision(turn: TurnView, intent: str) -> Events:
    """Do what was decided about a question on its own."""
    decision = turn.decision
    exact = known_question(turn)
    if exact is not None:
        return await tell_answer(turn, exact)
    if decision.kind is Kind.NOT_OURS:
        heard = turn.sounding_item()
        if office_of(turn.text) is None and HOLDER.current.sharing(turn.text):
            return [now_pending(ask_which(turn, intent, "talk.which_item_first"))]
        if heard is not None and office_of(turn.text) is None:
            return await answer(turn, "ask_guide" if intent not in REPLIES else intent, heard)
        say_whose(turn)
        return []
    plain = _plain_facet(turn, intent)
    if plain is not None:
        return await answer(turn, intent, plain)
    other = _surer_item(turn)
    if other is not None:
        return await answer(turn, intent, other)
    if decision.kind is Kind.ANSWER and decision.id in HOLDER.current.answers:
        return await tell_answer(turn, str(decision.id))
    if decision.kind is Kind.ITEM and decision.id in HOLDER.current.entries:
        code = str(decision.id)
        told = await tell_one_thing(turn, intent, code)
        return await answer(turn, intent, code) if told is None else told
    if turn.tracker.active_loop_name is not None:
        turn.say("talk.not_caught", outcome=Outcome.NOT_UNDERSTOOD)
        return []
    if intent in {"ask_hours", "ask_place"} and decision.confidence < ITEM_SURE:
        return await _about_the_centre(turn, intent)
    buried = _buried(turn) if decision.kind in {Kind.WHICH, Kind.UNKNOWN} else None
    if buried is not None:
        return await by_decision(buried, buried.intent if buried.intent in REPLIES else "ask_guide")
    pending = turn.pending
    if isinstance(pending, WhichItem) and pending.codes and decision.kind is Kind.UNKNOWN:
        offer_again(turn, pending.codes)
        return [now_pending(pending.model_copy(update={"then": intent}))]
    fallback = "talk.which_item_first" if intent != "ask_guide" else "talk.not_understood"
    return [now_pending(ask_which(turn, intent, fallback))]


def _buried(turn: TurnView) -> TurnView | None:
    """The question in a long story that tells clearly what it is about, where the story as a whole does not speak against it."""
    if len(turn.text) < LONG_STORY:
        return None
    clear = (
        part
        for part in turn.parts
        if part.decision.kind is Kind.ITEM or (part.decision.kind is Kind.ANSWER and not points_back(part.text))
    )
    likely = turn.ranking.topics
    return next((part for part in clear if likely.get(str(part.decision.topic), 0.0) >= LIKELY_IN_STORY), None)


def _plain_facet(turn: TurnView, intent: str) -> str | None:
    """The item where a sentence is its name and the plainest question: a guide answers that better than a rule."""
    named = turn.named_item()
    plainly = intent in _PLAIN or (intent == "ask_eligibility" and _CONDITIONS.search(turn.text))
    if (
        named is None
        or not plainly
        or turn.confidence < (SURE_INTENT if intent in _PLAIN else LIKELY_INTENT)
        or turn.decision.confidence >= BEYOND_DOUBT
    ):
        return None
    said = [found.name for found in turn.named]
    beside_name = len(normalise(turn.text)) - max((len(name) for name in said), default=0)
    return named if beside_name <= MAX_FACET else None


def _surer_item(turn: TurnView) -> str | None:
    """An item that goes before another item's policy answer (offered beside it).

    It is beyond doubt and the answer only somewhat alike, or what is to be done (「挂失」) is in its name and not asked there.
    """
    decision, best = turn.decision, next(iter(turn.ranking.subjects), None)
    known = HOLDER.current.answers.get(str(decision.id)) if decision.kind is Kind.ANSWER else None
    entry = None if best is None else HOLDER.current.entries.get(best.label)
    if known is None or best is None or entry is None or entry.code == known.item:
        return None
    said = normalise(turn.text)
    deeds = [deed for deed in deed_words() if deed in said and deed in entry.plain_name]
    told_apart = best.confidence >= ITEM_SURE and any(deed not in known.title for deed in deeds)
    beyond_doubt = best.confidence >= CERTAIN and decision.confidence < ANSWER_SURE
    return entry.code if told_apart or beyond_doubt else None


def known_question(turn: TurnView) -> str | None:
    """The policy answer one of whose questions is this very sentence, or nearly: no doubt is left, whatever its topic.

    Where the sentence is an item's name and the plainest question, only to the letter: the guide answers that better.
    """
    known = [HOLDER.current.answers[near.id] for near in turn.ranking.answers if near.id in HOLDER.current.answers]
    alike = {answer.id: same_question(turn.text, (answer.title, *answer.questions)) for answer in known}
    best = max(alike, key=lambda answer: alike[answer], default=None)
    if best is None or not alike[best]:
        return None
    return best if alike[best] == 1 or _plain_facet(turn, turn.intent) is None else None


async def not_sure(turn: TurnView, code: str) -> Events:
    """Something is asked of the item that its guide does not say: say so, tell what comes near, offer a person."""
    item = (await backend(CatalogueClient).guide(code)).item
    known = (*item.common_mistakes, *item.notes) if _TROUBLE.search(turn.text) else ()
    facts = [text for text in known if _CONSEQUENCE.search(text)]
    offered = [Option("answer", found, item.topic, 0.0) for found in _nearest_answers(turn, code)]
    turn.say(
        "answers.not_sure",
        choices=[*map(offer, offered), *facet_choices("", code)] if turn.asks_freely else [],
        about=code,
        outcome=Outcome.ANSWERED if facts else Outcome.CLARIFY,
        item_name=item.plain_name,
        facts=facts,
        hotline=hotline_of(code)[0],
        offered=bool(offered) and turn.asks_freely,
    )
    return now_about(turn, code)


def _nearest_answers(turn: TurnView, code: str) -> list[str]:
    """Policy answers about the item: those like the sentence first, then those that share most characters with it."""
    answers = HOLDER.current.answers
    near = [found.id for found in turn.ranking.answers if answers[found.id].item == code]
    said = set(turn.text)
    rest = sorted(
        (known for known in answers.values() if known.item == code and known.id not in near),
        key=lambda known: -len(said & set(known.title)),
    )
    return [*near, *(known.id for known in rest)][:MAX_RULES]


def _titled(asked: str) -> str | None:
    """「那产假呢」: the policy answer about this very word, where the item is called something else."""
    word = asked.strip("那呢咧嘞?？。 ")
    index = HOLDER.current
    short = MIN_WORD <= len(word) < MAX_NAME
    if not short or any(word in entry.plain_name for entry in index.entries.values()):
        return None
    return next((known.id for known in index.answers.values() if known.title.startswith(word)), None)


def _about_both(turn: TurnView) -> str | None:
    """「那医保怎么办」 while unemployment benefit is talked about: the one policy answer on the benefit that says 医保."""
    entry = HOLDER.current.entries.get(turn.item or "")
    if entry is None or turn.named_item() is not None or len(turn.text) > FOLLOW_UP_LENGTH:
        return None
    words, names = words_beside(turn), names_of(entry)
    answers = [known for known in HOLDER.current.answers.values() if any(word in known.title for word in words)]
    found = [a.id for a in answers if a.item == entry.code or any(name in a.title for name in names)]
    return found[0] if len(found) == 1 else None


async def tell_answer(turn: TurnView, answer_id: str, *, buttons: bool = True) -> Events:
    """Tell a policy answer with its basis; go on to its item if it has one, and to the rule that computes it."""
    view = await backend(CatalogueClient).policy_answer(answer_id)
    code = view.answer.item
    rules = await backend(CalculatorsClient).rules_of(policy_answer=answer_id)
    choices = [*rule_choices(rules), *([] if code is None else facet_choices("", code))]
    turn.say(
        "answers.policy",
        choices=choices if buttons and turn.asks_freely else [],
        card=AnswerCard.of(view),
        about=code,
        topic=view.answer.topic,
        answer=view.answer,
        hotline=hotline_of(code, view.answer.topic)[0],
    )
    events = [now_pending(None), *([] if code is None else now_about(turn, code))]
    computes = tuple(rule.id for rule in rules)
    title, topic = view.answer.title, view.answer.topic
    turn.opened.append(
        Frame(kind="answer", id=answer_id, item=code, name=title, topic=topic, asked=turn.intent, computes=computes)
    )
    return events


async def tell_topic(turn: TurnView, topic: str) -> Events:
    """A topic as a whole: what is asked most about it, nearest first."""
    index = HOLDER.current
    near = [found.id for found in turn.ranking.answers if index.answers[found.id].topic == topic]
    rest = [answer.id for answer in index.answers.values() if answer.topic == topic and answer.id not in near]
    offered = [Option("answer", answer_id, topic, 0.0) for answer_id in [*near, *rest][:MAX_OF_A_TOPIC]]
    if not offered:
        turn.say("talk.which_item_first", choices=common_choices(), outcome=Outcome.CLARIFY, topic=topic)
        return [now_pending(WhichItem(then="ask_guide"))]
    choices = [*map(offer, offered), button("none", ChoiceKind.NONE)]
    turn.say("talk.which_of_topic", choices=choices, expects=CHOICE, outcome=Outcome.CLARIFY, topic=topic,
             topic_name=index.topics[topic], names=[choice.say for choice in choices[:-1]])  # fmt: skip
    return [now_pending(WhichItem(then="ask_guide", codes=tuple(choice.choice for choice in choices[:-1])))]


def say_whose(turn: TurnView) -> None:
    """Another office's matter: whose it is, as far as it is known."""
    told = office_of(turn.text)
    if told is None and not _says_something(turn):
        say_not_understood(turn)
        return
    if told is None:
        turn.say("talk.not_ours_unknown", outcome=Outcome.NOT_OURS, topic="out_of_scope", choices=common_choices())
        return
    turn.say("talk.not_ours", outcome=Outcome.NOT_OURS, topic="out_of_scope", owner=told.owner, number=told.number)


def _says_something(turn: TurnView) -> bool:
    """Whether it is clearly another matter, not noise or half a sentence."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", turn.text))
    sure = LIKELY_INTENT if chinese >= SENTENCE else SURE_INTENT
    return chinese >= MIN_MATTER and turn.intent == "out_of_scope" and turn.confidence >= sure


async def answer(turn: TurnView, intent: str, code: str, *, buttons: bool = True) -> Events:
    """Answer one question about one item, with its source on a card."""
    guide = await backend(CatalogueClient).guide(code)
    paid_for = _RECEIVING.search(turn.text)
    if intent == "ask_amount" and (paid_for or not _telling(guide.item.notes, _AMOUNT_FACT)):
        told = _amount_answer(turn, code)
        if told is not None:
            return await tell_answer(turn, told, buttons=buttons)
        if _PAYING.search(turn.text) and guide.item.topic not in _CONTRIBUTED:
            intent = "ask_fee"
    values = await _values(turn, intent, guide)
    near = beside(turn.ranking, code) if turn.decision.id == code else ()
    rules = await backend(CalculatorsClient).rules_of(code) if intent in _OFFER_COMPUTING else []
    choices = [*map(offer, known_options(near)), *rule_choices(rules), *facet_choices(intent, code)]
    turn.say(
        REPLIES[intent],
        choices=choices if buttons and turn.asks_freely else [],
        card=GuideCard.of(guide),
        about=code,
        lead="answers.perhaps" if any(option.kind == "item" for option in near) else None,
        guide=guide,
        **values,
    )
    return now_about(turn, code, intent, computes=tuple(rule.id for rule in rules))


def _amount_answer(turn: TurnView, code: str) -> str | None:
    """The policy answer that says how much it is, the nearest first."""
    index = HOLDER.current
    near = [found.id for found in turn.ranking.answers]
    how = _HOW_LONG if _RECEIVING.search(turn.text) else _HOW_MUCH
    ids = [known.id for known in index.answers.values() if known.item == code and how.search(known.title)]
    return min(ids, key=lambda known: near.index(known) if known in near else len(near), default=None)


async def _about_the_centre(turn: TurnView, intent: str) -> Events:
    centre = (await backend(CatalogueClient).centre()).centre
    turn.say(
        "answers.hours" if intent == "ask_hours" else "answers.centre_place",
        topic="hall_service",
        hours=centre.office_hours,
        address=centre.address,
        centre=centre.name,
    )
    return [now_pending(WhichItem(then=intent))]


async def _values(turn: TurnView, intent: str, guide: Guide) -> dict[str, Any]:
    item = guide.item
    values: dict[str, Any] = {"item": item, "hotline": hotline_of(item.code)[0]}
    if REPLIES[intent] == "answers.guide":
        values["basics"] = [material.name for material in item.materials if _always_brought(material)]
    if intent in {"ask_place", "ask_hours"}:
        centre = (await backend(CatalogueClient).centre()).centre
        values |= {"address": centre.address, "hours": centre.office_hours}
    if intent == "ask_deadline":
        values["facts"] = _telling(item.notes + tuple(c.text for c in item.conditions), _DEADLINE_FACT)
    if intent == "ask_amount":
        values["facts"] = _telling(item.notes, _AMOUNT_FACT)
    if intent == "ask_materials":
        situation = turn.tracker.get_slot("situation") or {}
        preview = await backend(NoticesClient).preview(NoticeRequest(item=item.code, situation=situation))
        values["lines"] = [line for line in preview.lines if line.kind is not LineKind.NOT_ASKED]
        values["shared"] = [line.name for line in preview.lines if line.kind is LineKind.NOT_ASKED]
    return values


_ALWAYS = "always"
"""The condition of a material that everybody brings (backend/contracts/conditions.py)."""


def _always_brought(material: Material) -> bool:
    """Whether everybody brings it, whatever their situation."""
    return material.ask in {Ask.HAND_IN, Ask.SHOW, Ask.FILL_IN} and material.when == _ALWAYS


def _telling(notes: tuple[str, ...], about: re.Pattern[str]) -> list[str]:
    return [note for note in notes if about.search(note)]


def rule_choices(rules: Sequence[RuleView]) -> list[Choice]:
    """Buttons that compute; with several, or many, each says what it computes."""
    if len(rules) == 1:
        return [button("compute", ChoiceKind.RULE, rules[0].id)]
    return [Choice(say=rule.title, choice=ChoiceValue(ChoiceKind.RULE, rule.id)) for rule in rules[:MAX_RULES]]


def facet_choices(intent: str, code: str) -> list[Choice]:
    """What people ask next."""
    facets = [button(facet, ChoiceKind.ASK, facet) for facet in FACETS if facet != intent]
    return [*facets, button("start", ChoiceKind.START, code)]
