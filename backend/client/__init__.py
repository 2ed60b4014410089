"""The backend as the other processes see it: one connection, parts by feature. The shapes that travel are in ``backend.contracts``."""

from backend.client.transport import (
    CONVERSATION_HEADER,
    BackendClient,
    BackendProblem,
    BackendUnavailable,
    ClientPart,
    Problem,
)

__all__ = ["CONVERSATION_HEADER", "BackendClient", "BackendProblem", "BackendUnavailable", "ClientPart", "Problem"]
