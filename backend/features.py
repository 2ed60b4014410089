"""The one list of all features, in the order in which they are built: a feature uses those before it."""

from __future__ import annotations

from backend.hall.accounts.feature import FEATURE as ACCOUNTS
from backend.hall.calendar.feature import FEATURE as CALENDAR
from backend.hall.personnel.feature import FEATURE as PERSONNEL
from backend.hall.privacy.feature import FEATURE as PRIVACY
from backend.hall.status.feature import FEATURE as STATUS
from backend.hall.voice.feature import FEATURE as VOICE
from backend.one_window.assistance.feature import FEATURE as ASSISTANCE
from backend.one_window.calculators.feature import FEATURE as CALCULATORS
from backend.one_window.cases.feature import FEATURE as CASES
from backend.one_window.catalogue.feature import FEATURE as CATALOGUE
from backend.one_window.conversations.feature import FEATURE as CONVERSATIONS
from backend.one_window.feedback.feature import FEATURE as FEEDBACK
from backend.one_window.notices.feature import FEATURE as NOTICES
from backend.one_window.parameters.feature import FEATURE as PARAMETERS
from backend.one_window.understanding.feature import FEATURE as UNDERSTANDING
from backend.one_window.verification.feature import FEATURE as VERIFICATION
from backend.platform.feature import FEATURE as PLATFORM
from backend.platform.features import Feature
from backend.shell.feature import FEATURE as SHELL

FEATURES: tuple[Feature, ...] = (
    PLATFORM,
    SHELL,
    ACCOUNTS,
    VOICE,
    PARAMETERS,
    CATALOGUE,
    CALCULATORS,
    UNDERSTANDING,
    NOTICES,
    ASSISTANCE,
    CONVERSATIONS,
    VERIFICATION,
    CASES,
    FEEDBACK,
    CALENDAR,
    PRIVACY,
    STATUS,
    PERSONNEL,
)
