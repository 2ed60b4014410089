"""The backend as actions reach it. rasa_sdk makes actions without arguments, so the client is put here at start."""

from __future__ import annotations

from typing import TypeVar

from backend.client import BackendClient, ClientPart

Part = TypeVar("Part", bound=ClientPart)

_client: BackendClient | None = None


class BackendGone(BaseException):  # must pass Rasa's `except Exception`, which would lose the turn
    """The backend could not be reached in the middle of a turn: the turn is given up whole, nothing of it is kept."""


def use(client: BackendClient) -> None:
    """Set the client for all actions of this process."""
    global _client  # one per process, see above
    _client = client


def backend(part: type[Part]) -> Part:
    """A feature's calls: ``backend(CasesClient).start(…)``."""
    if _client is None:
        raise RuntimeError("no backend client: call use() first")
    return _client.part(part)
