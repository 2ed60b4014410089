"""Messages that are stored by this process: who stored one has it claimed, so its event need not."""

from __future__ import annotations

from collections import Counter, defaultdict


class Receiving:
    """Which messages are being stored here, and which have been whose event is still to come; it may come before the answer."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._heard: dict[str, set[int]] = defaultdict(set)
        """Numbers heard of while something of the conversation is being stored."""
        self._stored: set[tuple[str, int]] = set()

    def begin(self, conversation: str) -> None:
        """A message is being stored; ``end`` follows."""
        self._under_way[conversation] += 1

    def end(self, conversation: str, seq: int | None) -> None:
        """It was stored with this number, or not (None)."""
        if seq is not None and seq not in self._heard[conversation]:
            self._stored.add((conversation, seq))
        self._under_way[conversation] -= 1
        if not self._under_way[conversation]:
            del self._under_way[conversation]
            self._heard.pop(conversation, None)

    def is_ours(self, conversation: str, seq: int) -> bool:
        """Whether the message of this event was stored here, or may be the one that is: then it is claimed at the end of that."""
        if (conversation, seq) in self._stored:
            self._stored.discard((conversation, seq))
            return True
        if conversation not in self._under_way:
            return False
        self._heard[conversation].add(seq)
        return True

    def forget(self) -> None:
        """Events got lost: await none for what was stored."""
        self._stored.clear()
