"""The table of words that can still come, which lets a grammar be joined to the model's graph at run time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectors.voice_training.lookahead import FINAL_LABEL, Transducer, reachable, relabelled

STATES = 8
ARCS = st.lists(
    st.tuples(st.integers(0, STATES - 1), st.integers(0, 3), st.integers(0, 5), st.integers(0, STATES - 1)), max_size=25
)


def transducer(found: list[tuple[int, int, int, int]], final: set[int]) -> Transducer:
    arcs: list[list[tuple[int, int, float, int]]] = [[] for _ in range(STATES)]
    for source, label, output, target in found:
        arcs[source].append((label, output, 0.5, target))
    return Transducer(STATES, 0, arcs, dict.fromkeys(final, 0.0))


def by_walking(fst: Transducer, state: int) -> set[int]:
    """Output labels met first on any path, found by simply walking."""
    seen, waiting, labels = {state}, [state], set()
    while waiting:
        here = waiting.pop()
        if here in fst.final:
            labels.add(FINAL_LABEL)
        for _, output, _, after in fst.arcs[here]:
            if output:
                labels.add(output)
            elif after not in seen:
                seen.add(after)
                waiting.append(after)
    return labels


@given(ARCS, st.sets(st.integers(0, STATES - 1), max_size=3))
def test_the_intervals_hold_exactly_the_labels_that_can_come_next(
    found: list[tuple[int, int, int, int]], final: set[int]
) -> None:
    fst = transducer(found, final)
    table = reachable(fst)
    for state in range(STATES):
        held = {number for begin, end in table.intervals[state] for number in range(begin, end)}
        assert held == {table.numbers[label] for label in by_walking(fst, state)}


@given(ARCS)
def test_new_labels_are_all_different_and_arcs_sorted_by_them(found: list[tuple[int, int, int, int]]) -> None:
    fst = transducer(found, {0})
    table = reachable(fst)
    assert sorted(table.numbers.values()) == list(range(1, len(table.numbers) + 1))
    for row in relabelled(fst, table.numbers).arcs:
        assert [arc[1] for arc in row] == sorted(arc[1] for arc in row)
