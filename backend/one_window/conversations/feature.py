"""Conversations: every message, whoever said it; the citizen's page; tickets for sockets."""

from __future__ import annotations

from backend.client.conversations import ConversationsClient
from backend.contracts.conversation_events import (
    CONVERSATION_ERASED,
    CONVERSATION_OPENED,
    CONVERSATION_VERIFIED,
    DANGER_SEEN,
    HANDOVER_REQUESTED,
    MESSAGE_ADDED,
)
from backend.one_window.assistance.service import ASSISTANCE
from backend.one_window.conversations import api, pages
from backend.one_window.conversations.models import ConversationRow, KnownFactRow, MessageRow, SocketTicketRow
from backend.one_window.conversations.personal_records import ConversationRecords
from backend.one_window.conversations.service import CONVERSATIONS, ConversationsService
from backend.one_window.conversations.visitors import VISITORS, Visitors
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.api import WAITING
from backend.platform.features import Feature, House
from backend.platform.identity import AUTHENTICATORS
from backend.platform.middleware import SOCKETS
from backend.platform.permissions import ANYONE, ASSISTANT, CITIZEN, CONNECTORS
from backend.platform.personal_records import citizens


def build(house: House) -> None:
    """Keep what is said; know a citizen's browser again."""
    service = ConversationsService(house.vault, house[UNDERSTANDING], house[ASSISTANCE], house.clock, house.events)
    house[CONVERSATIONS] = service
    house[ASSISTANCE].speak_through(service.tell)
    house[VISITORS] = visitors = Visitors(service, house.clock)
    house[AUTHENTICATORS].append(visitors.authenticate)
    house[WAITING] = service.waiting
    house[api.SOCKET_BASE] = house.settings.public_socket_url
    house[api.SOCKET_PORT] = house.settings.connectors_port
    house[SOCKETS] = api.socket_base
    house.records.append(ConversationRecords(service, visitors))


FEATURE = Feature(
    package=__package__,
    title="对话",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "conversations:open": frozenset({CONNECTORS}),
        "conversations:write": frozenset({CONNECTORS}),
        "conversations:read": frozenset({CONNECTORS, ASSISTANT, CITIZEN}),
        "sockets:open": frozenset({ANYONE}),
        "sockets:redeem": frozenset({CONNECTORS}),
    },
    tables=(citizens(ConversationRow), citizens(MessageRow), citizens(KnownFactRow), citizens(SocketTicketRow)),
    client=ConversationsClient,
    events=(
        CONVERSATION_OPENED,
        MESSAGE_ADDED,
        HANDOVER_REQUESTED,
        DANGER_SEEN,
        CONVERSATION_VERIFIED,
        CONVERSATION_ERASED,
    ),
)
