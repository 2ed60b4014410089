"""Two reports compared: what became right, what became wrong, and whether that may be chance."""

from __future__ import annotations

import math

from backend.contracts.evaluation import Comparison, EvaluationReport
from backend.language.identifiers_in_text import hide_identifiers


def compare_reports(before: EvaluationReport, after: EvaluationReport) -> Comparison:
    """What became right, what became wrong. Questions are the same if their text is, identifiers apart."""
    earlier = {hide_identifiers(one.text): one for one in before.questions if one.expected is not None}
    pairs = [
        (earlier[text], one)
        for one in after.questions
        if one.expected is not None and (text := hide_identifiers(one.text)) in earlier
    ]
    better = tuple(new for old, new in pairs if new.right and not old.right)
    worse = tuple(new for old, new in pairs if old.right and not new.right)
    return Comparison(
        shared=len(pairs), became_right=better, became_wrong=worse, chance=sign_test(len(better), len(worse))
    )


def sign_test(better: int, worse: int) -> float:
    """Probability of a difference at least as large if nothing had changed: two-sided, exact.

    As ``scipy.stats.binomtest(better, better + worse).pvalue``; the back office compares reports too and need not
    hold scipy in memory for this sum.
    """
    changed = better + worse
    if changed == 0:
        return 1.0
    as_uneven = sum(math.comb(changed, few) for few in range(min(better, worse) + 1))
    return min(1.0, as_uneven / (1 << (changed - 1)))
