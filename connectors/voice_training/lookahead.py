"""OpenFst's ``olabel_lookahead`` file, written directly: a const FST whose states know which words can still come.

vosk composes HCLr with a grammar by this table. OpenFst's own tools would write it too, but come as shared libraries of a
distribution; the format is small: for every state the set, as intervals, of output labels reachable before any other output.
Labels are renumbered in the order of a depth-first walk, so that these sets are few intervals.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path

Arc = tuple[int, int, float, int]
"""(input label, output label, cost, next state)."""

_FST_MAGIC, _ADDON_MAGIC = 2125659606, 446681434
_CONST_VERSION, _LOOKAHEAD_VERSION = 2, 1

# Bits of OpenFst's properties.h: what may be relied on without looking.
_EXPANDED, _NOT_ACCEPTOR = 0x1, 0x20000
_NOT_INPUT_SORTED, _OUTPUT_SORTED = 0x20000000, 0x40000000
_WEIGHTED, _CYCLIC, _NOT_TOP_SORTED, _ACCESSIBLE, _COACCESSIBLE = 0x1 << 32, 0x4 << 32, 0x80 << 32, 0x1 << 40, 0x4 << 40
_COMMON = _EXPANDED | _NOT_ACCEPTOR | _WEIGHTED | _CYCLIC | _NOT_TOP_SORTED | _ACCESSIBLE | _COACCESSIBLE
OUTPUT_SORTED = _COMMON | _NOT_INPUT_SORTED | _OUTPUT_SORTED

FINAL_LABEL = -1


@dataclass(frozen=True, slots=True)
class Transducer:
    """States 0 to ``count`` - 1, arcs grouped by state, costs of final states."""

    count: int
    start: int
    arcs: list[list[Arc]]
    final: dict[int, float]


@dataclass(frozen=True, slots=True)
class Reachable:
    """New numbers of the output labels, and each state's half-open intervals of them."""

    numbers: dict[int, int]
    intervals: list[list[tuple[int, int]]]


def reachable(fst: Transducer) -> Reachable:
    """Which output labels can come next from each state, through arcs without output.

    States joined by such arcs in a circle (the self-loops of phones) are one; the walk is Tarjan's, written without
    recursion because the chains are longer than Python's stack.
    """
    numbers: dict[int, int] = {}
    component_of, order = _components(fst)
    sets: list[list[tuple[int, int]]] = []
    for members in order:  # every component after those it leads to
        spans: list[tuple[int, int]] = []
        for state in members:
            for _, output, _, after in fst.arcs[state]:
                if output:
                    number = numbers.setdefault(output, len(numbers) + 1)
                    spans.append((number, number + 1))
                elif component_of[after] != component_of[state]:
                    spans.extend(sets[component_of[after]])
            if state in fst.final:
                number = numbers.setdefault(FINAL_LABEL, len(numbers) + 1)
                spans.append((number, number + 1))
        sets.append(_joined(spans))
    return Reachable(numbers, [sets[component_of[state]] for state in range(fst.count)])


def _components(fst: Transducer) -> tuple[list[int], list[list[int]]]:
    """Strongly connected components of the arcs without output, in reverse topological order."""
    index = [-1] * fst.count
    low = [0] * fst.count
    component = [-1] * fst.count
    order: list[list[int]] = []
    waiting: list[int] = []
    counter = 0
    silent = [[after for _, output, _, after in arcs if not output] for arcs in fst.arcs]
    for root in range(fst.count):
        if index[root] >= 0:
            continue
        path = [(root, 0)]
        while path:
            state, place = path.pop()
            if place == 0:
                index[state] = low[state] = counter
                counter += 1
                waiting.append(state)
            deeper = False
            for number in range(place, len(silent[state])):
                after = silent[state][number]
                if index[after] < 0:
                    path.extend([(state, number + 1), (after, 0)])
                    deeper = True
                    break
                if component[after] < 0:
                    low[state] = min(low[state], index[after])
            if deeper:
                continue
            if low[state] == index[state]:
                members = []
                while True:
                    member = waiting.pop()
                    component[member] = len(order)
                    members.append(member)
                    if member == state:
                        break
                order.append(members)
            if path:
                above = path[-1][0]
                low[above] = min(low[above], low[state])
    return component, order


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same set in as few intervals as possible."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(set(spans)):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def relabelled(fst: Transducer, numbers: dict[int, int]) -> Transducer:
    """Output labels renumbered, arcs sorted by them."""
    arcs = [
        sorted(((i, numbers[o] if o else 0, w, s) for i, o, w, s in row), key=lambda arc: (arc[1], arc[0]))
        for row in fst.arcs
    ]
    return Transducer(fst.count, fst.start, arcs, fst.final)


def write_lookahead(path: Path, fst: Transducer, found: Reachable) -> None:
    """Write the file; ``fst`` already carries the new labels."""
    with path.open("wb") as file:
        file.write(header("olabel_lookahead", _LOOKAHEAD_VERSION, OUTPUT_SORTED, -1, 0, 0))
        file.write(struct.pack("<i", _ADDON_MAGIC))
        file.write(const_bytes(fst, OUTPUT_SORTED))
        file.write(struct.pack("<???", True, False, True))  # an add-on: none for input labels, one for output labels
        file.write(struct.pack("<??", False, False))  # about outputs; without the table of new labels
        file.write(struct.pack("<iq", found.numbers.get(FINAL_LABEL, -1), fst.count))
        for intervals in found.intervals:
            edges = [edge for interval in intervals for edge in interval]
            file.write(struct.pack(f"<q{len(edges)}i", len(intervals), *edges))
            file.write(struct.pack("<i", sum(end - begin for begin, end in intervals)))


def const_bytes(fst: Transducer, properties: int) -> bytes:
    """The same as a plain const FST."""
    states, arcs, position = bytearray(), bytearray(), 0
    for state, row in enumerate(fst.arcs):
        silent_inputs = sum(1 for arc in row if arc[0] == 0)
        silent_outputs = sum(1 for arc in row if arc[1] == 0)
        final = fst.final.get(state, math.inf)
        states += struct.pack("<fIIII", final, position, len(row), silent_inputs, silent_outputs)
        for label, output, cost, after in row:
            arcs += struct.pack("<iifi", label, output, cost, after)
        position += len(row)
    return header("const", _CONST_VERSION, properties, fst.start, fst.count, position) + bytes(states) + bytes(arcs)


def header(kind: str, version: int, properties: int, start: int, states: int, arcs: int) -> bytes:
    """What every OpenFst file begins with."""
    names = b"".join(struct.pack("<i", len(name)) + name for name in (kind.encode("ascii"), b"standard"))
    return struct.pack("<i", _FST_MAGIC) + names + struct.pack("<iiQqqq", version, 0, properties, start, states, arcs)
