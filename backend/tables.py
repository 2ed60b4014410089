"""All tables, for migrations."""

from __future__ import annotations

from backend.hall.accounts import models as staff
from backend.one_window.cases import models as cases
from backend.one_window.catalogue import models as catalogue
from backend.one_window.conversations import models as conversations
from backend.one_window.notices import models as notices
from backend.one_window.understanding import models as understanding
from backend.one_window.verification import models as verification
from backend.platform import audit, events, idempotency, numbering, working_days
from backend.platform.database import Base
from backend.platform.vault import models as vault

MODULES = (
    audit,
    events,
    idempotency,
    numbering,
    working_days,
    vault,
    staff,
    cases,
    catalogue,
    conversations,
    notices,
    understanding,
    verification,
)
metadata = Base.metadata
