"""「不是我，是我爱人」: what was told before is somebody else's."""

from __future__ import annotations

import re

from assistant.dialogue.facts.clauses import holder_of, sex_of
from assistant.dialogue.facts.words import holder_pattern
from backend.contracts.facts import ME, Certainty, KnownFact

_NOT_ME = re.compile(
    r"(?:哦|噢|不对|(?:我|刚才)?(?:说|搞|弄|讲)错了?|[，,。 ])*(?:这|那|问的|说的|前面(?:说的)?)?不是(?:说|问|讲)?我(?:自己|本人)?(?:的事?)?[，,。；; ]*"
    r"(?:而)?(?:是|说的是|问的是|我是(?:帮|替)|帮|替)(?P<who>.+?)(?:的事?|要办|要问|问的?|交的)?[。！!]*"
)
_KEPT = frozenset({"goes_self"})
"""Who comes to the hall stays the speaker's."""


def meant_instead(text: str) -> str | None:
    """Whose it is, where somebody says that it is not theirs; None for any other message."""
    found = _NOT_ME.fullmatch(text.strip())
    if found is None or holder_pattern().fullmatch(found["who"]) is None:
        return None
    return holder_of(found["who"])


def given_to(facts: tuple[KnownFact, ...], holder: str, told: frozenset[str]) -> tuple[KnownFact, ...]:
    """The facts with those of the speaker that are named in ``told`` given to somebody; the sex is theirs where it follows."""
    sex = sex_of(holder)
    moved = [
        fact.model_copy(update={"holder": holder})
        for fact in facts
        if fact.holder == ME and fact.fact in told - _KEPT and not (fact.fact == "sex" and sex is not None)
    ]
    if sex is not None and moved:
        moved.append(
            KnownFact(
                holder=holder, fact="sex", least=sex, most=sex, certainty=Certainty.STATED, said_in=moved[-1].said_in
            )
        )
    names = {fact.fact for fact in moved}
    return (
        *(
            fact
            for fact in facts
            if not (fact.holder == ME and fact.fact in told - _KEPT)
            and not (fact.holder == holder and fact.fact in names)
        ),
        *moved,
    )
