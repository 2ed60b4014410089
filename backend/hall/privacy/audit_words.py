"""What the auditor reads instead of codes (``data/audit_words.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from backend.contracts.wire import Wire
from backend.platform.action_names import ACTION_NAMES

_FILE = Path(__file__).parent / "data" / "audit_words.yaml"


class AuditKind(Wire):
    """What an auditor can choose to see. An action that ends in ``*`` stands for all that begin so."""

    name: str
    actions: tuple[str, ...]


class AuditWords(Wire):
    """Names of kinds, actions, subjects and of our own processes."""

    kinds: dict[str, AuditKind]
    former_actions: dict[str, str]
    """Name that older entries bear -> what the same is called now."""
    subjects: dict[str, str]
    processes: dict[str, str]
    citizen: str
    nobody: str
    """Somebody who is not signed in."""
    everything: str
    details: dict[str, str]
    values: dict[str, str]
    sentences: dict[str, str]
    columns: tuple[str, ...]
    """Of the export."""

    def action(self, code: str) -> str:
        """An action in words; its code where there are none."""
        return ACTION_NAMES.get(self.former_actions.get(code, code), code)

    def all_names(self, action: str) -> tuple[str, ...]:
        """The names under which an action is found: today's and those of before."""
        return (action, *(former for former, now in self.former_actions.items() if now == action))


@lru_cache(maxsize=1)
def audit_words() -> AuditWords:
    """The words."""
    return AuditWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
