"""Which item a turn is about, and asking apart what is not clear."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from rasa_sdk.events import SlotSet

from assistant.actions.base import Events, now_pending
from assistant.actions.turn import CHOICE, TurnView, hotline_of, plain_name
from assistant.dialogue.other_body import asks_whether_it_does
from assistant.dialogue.state import Frame
from assistant.replies.rendering import button
from assistant.replies.texts import labels
from assistant.understanding.decision import Kind, Option, options
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_index import names_of
from assistant.understanding.normaliser import normalise
from assistant.understanding.offices import deed_words, office_of, our_words, says_ours
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import WhichItem
from backend.contracts.replies import Choice, Handover, Outcome

PATIENCE = 2
"""So many times in a row we ask again; then a person takes over."""
FOLLOW_UP_LENGTH = 12
"""Characters: a short sentence that names no item goes on about the last one,"""
BEYOND_DOUBT = 0.85
"""unless another item is this probable."""
_BACK = re.compile(
    r"(?:刚才|前面|之前|先前|开头|最开始|上一个|回到|说回).{0,6}(?:那个|那件|的事|问的|说的|上一个|前面)"
)
"""「刚才说的那件事」 while another has come between."""
_SAYS_NOTHING = re.compile(
    r"^(?:请问|你好|我|要|想|带|什么|啥子?|些|哪些|材料|资料|证件|东西|手续|怎么样?|咋|去|哪里?|哪点|多久|几天|多少|钱|收费|条件|帮|直接|"
    r"办理?|申请|给|吧|呢|吗|的|事情?|件|在|需要|先|该|得|到|找|谁|跟|办好|准备|那|有|能|可以|弄|整|个|一下|[，,。?？!！ ])+$"
)
"""「要带什么」 names nothing: to offer what happens to be nearest would only puzzle."""
OWN_TOPIC = 0.45
"""A word of our field that the item has nothing to do with, and a topic this probable: another matter."""
MAX_SHARED = 4
_NOT_CLEAR = frozenset({Kind.UNKNOWN, Kind.NOT_OURS})
WEAK = 0.35
"""A longer one goes on about the last item only if no other is this probable."""


def now_about(turn: TurnView, code: str, asked: str | None = None, *, computes: tuple[str, ...] = ()) -> Events:
    """From now on this item is talked about; the one before is kept for whoever comes back to it."""
    entry = HOLDER.current.entries[code]
    turn.opened.append(
        Frame(
            id=code,
            item=code,
            name=entry.plain_name,
            topic=entry.topic,
            asked=asked or "ask_guide",
            computes=computes,
        )
    )
    events = [SlotSet("item", code), now_pending(None)]
    if turn.item not in {None, code}:
        events.append(SlotSet("item_before", turn.item))
    return events if asked is None else [*events, SlotSet("asked", asked)]


def item_of(turn: TurnView) -> str | None:
    """The item: carried over from before, or clearly meant now; None if it has to be asked."""
    return carried_item(turn) or turn.sure_item()


def carried_item(turn: TurnView) -> str | None:
    """The item talked about before, if the sentence goes on about it."""
    if turn.item is None or turn.named_item() is not None:
        return None
    if _BACK.search(turn.text) and turn.item_before is not None:
        return _of_these(turn, turn.item_before, turn.item)
    if _another_matter(turn):
        return None
    best = turn.ranking.subjects[0].confidence if turn.ranking.subjects else 0.0
    short = len(turn.text) <= FOLLOW_UP_LENGTH
    sibling = _sibling(turn) if short else None
    if sibling is not None:
        return sibling
    return turn.item if best < (BEYOND_DOUBT if short else WEAK) else None


def _of_these(turn: TurnView, *codes: str) -> str:
    """「刚才那个社保卡」: the one whose name has the word that is said; the first if neither or both have it."""
    entries = HOLDER.current.entries
    words = [word for word in our_words() if word in turn.text]
    named = [code for code in codes if code in entries and any(w in n for w in words for n in names_of(entries[code]))]
    return (named or list(codes))[0]


def _another_matter(turn: TurnView) -> bool:
    """Whether a sentence, however short, brings up a matter of its own: another office's, or a word of ours not said of the item."""
    if not says_ours(turn.text):
        return office_of(turn.text) is not None and not asks_whether_it_does(turn.text)
    best = next(iter(turn.ranking.subjects), None)
    if not words_beside(turn) or best is None or best.label == turn.item:
        return False
    return turn.decision.kind is Kind.ANSWER or turn.ranking.topics.get(best.topic, 0.0) >= OWN_TOPIC


def words_beside(turn: TurnView) -> list[str]:
    """Words of our field in the sentence that are in no name of the item talked about."""
    entry = HOLDER.current.entries.get(turn.item or "")
    names = () if entry is None else names_of(entry)
    return [word for word in our_words() if word in turn.text and not any(word in name for name in names)]


def _sibling(turn: TurnView) -> str | None:
    """「补办要多少钱」 after the loss of the card was reported: the one item of its topic in whose name is what is to be done."""
    entries = HOLDER.current.entries
    now = entries[str(turn.item)]
    said = normalise(turn.text)
    deeds = [deed for deed in deed_words() if deed in said and deed not in now.plain_name + now.name]
    found = [e.code for e in entries.values() if e.topic == now.topic and any(deed in e.plain_name for deed in deeds)]
    return found[0] if len(found) == 1 else None


def says_nothing(text: str) -> bool:
    """Whether words only ask, and name nothing that it is asked of: 「要带什么」「多久能办好」."""
    return _SAYS_NOTHING.match(text) is not None


def which_again(turn: TurnView) -> Events | None:
    """「要带什么」 to our 「您说的是哪一件」: the same choices once more, what is asked is kept; None if it is not that."""
    pending = turn.pending
    if not isinstance(pending, WhichItem) or not pending.codes or not _SAYS_NOTHING.match(turn.text):
        return None
    offer_again(turn, pending.codes)
    then = turn.intent if turn.intent.startswith("ask_") else pending.then
    return [now_pending(pending.model_copy(update={"then": then}))]


def offer_again(turn: TurnView, codes: Sequence[ChoiceValue]) -> None:
    """The choices of our last question once more; a person takes over instead of the third time."""
    if _worn_out(turn, codes):
        return
    choices = [Choice(say=offer_name(code), choice=code) for code in codes]
    turn.say("talk.which_item_again", choices=[*choices, button("none", ChoiceKind.NONE)], expects=CHOICE,
             outcome=Outcome.CLARIFY, names=[choice.say for choice in choices])  # fmt: skip


def ask_which(turn: TurnView, then: str, fallback: str, *, items_only: bool = False) -> WhichItem:
    """Ask what is meant (or, with nothing close, what it is about); returns what is now pending."""
    shared = HOLDER.current.sharing(turn.text) if turn.decision.kind in _NOT_CLEAR else []
    if shared:
        offered = [Option("item", code, HOLDER.current.entries[code].topic, 0.0) for code in shared[:MAX_SHARED]]
    else:
        offered = known_options(options(turn.ranking, items_only=items_only))
    if not shared and (not offered or turn.decision.kind == "unknown" or _SAYS_NOTHING.match(turn.text)):
        say_not_understood(turn, fallback)
        return WhichItem(then=then)
    choices = [*map(offer, offered), button("none", ChoiceKind.NONE)]
    names = [choice.say for choice in choices[:-1]]
    if _worn_out(turn, [choice.choice for choice in choices[:-1]]):
        return WhichItem(then=then)
    turn.say(
        "talk.which_item",
        choices=choices,
        expects=CHOICE,
        outcome=Outcome.CLARIFY,
        topic=turn.decision.topic,
        names=names,
    )
    return WhichItem(then=then, codes=tuple(choice.choice for choice in choices[:-1]))


def _worn_out(turn: TurnView, offered: Sequence[ChoiceValue]) -> bool:
    """Whether this very list was offered twice already: then a person is named instead of it."""
    turn.asked_about = "|".join(sorted(map(str, offered)))
    before = turn.state.open
    if before is None or before.about != turn.asked_about or before.asked < PATIENCE:
        return False
    turn.asked_about = None
    hand_over(turn)
    return True


def is_lost(turn: TurnView) -> bool:
    """Whether we did not understand so often in a row that a person is named."""
    return turn.misunderstood >= PATIENCE


def hand_over(turn: TurnView) -> None:
    """Name a person instead of asking once more."""
    number, name = hotline_of(turn.item)
    wanted = Handover(reason="not_understood", topic="hall_service")
    turn.say("talk.not_understood_person", outcome=Outcome.HANDOVER, handover=wanted, topic="hall_service",
             hotline=number, hotline_name=name)  # fmt: skip


def say_not_understood(turn: TurnView, first: str = "talk.not_understood") -> None:
    """Three ways of not understanding: say it otherwise; choose from what is often asked; a person takes over."""
    if is_lost(turn):
        hand_over(turn)
        return
    again = turn.misunderstood > 0
    turn.say("talk.not_understood_again" if again else first, choices=common_choices(), outcome=Outcome.NOT_UNDERSTOOD)


def offer(option: Option) -> Choice:
    """The button of an option."""
    index = HOLDER.current
    if option.kind == "item":
        return Choice(say=plain_name(option.id), choice=ChoiceValue(ChoiceKind.ITEM, option.id))
    if option.kind == "answer":
        return Choice(say=index.answers[option.id].title, choice=ChoiceValue(ChoiceKind.POLICY_ANSWER, option.id))
    return Choice(say=index.topics[option.id], choice=ChoiceValue(ChoiceKind.TOPIC, option.id))


def offer_name(choice: ChoiceValue) -> str:
    """What the button of an offered item, policy answer or topic says."""
    index = HOLDER.current
    if choice.kind is ChoiceKind.ITEM and choice.argument in index.entries:
        return plain_name(choice.argument)
    if choice.kind is ChoiceKind.POLICY_ANSWER and choice.argument in index.answers:
        return index.answers[choice.argument].title
    return index.topics.get(choice.argument, "")


def known_options(offered: Sequence[Option]) -> list[Option]:
    """Without what the catalogue no longer has."""
    index = HOLDER.current
    places: dict[str, Container[str]] = {"item": index.entries, "answer": index.answers, "topic": index.topics}
    return [option for option in offered if option.id in places[option.kind]]


def common_choices() -> list[Choice]:
    """What people ask most, for those who do not know how to begin."""
    known = [code for code in labels().common if code in HOLDER.current.entries]
    return [
        *(Choice(say=plain_name(code), choice=ChoiceValue(ChoiceKind.ITEM, code)) for code in known),
        button("status", ChoiceKind.STATUS),
    ]
