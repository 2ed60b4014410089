"""All tables, for migrations: those that the features declare."""

from __future__ import annotations

from backend.features import FEATURES
from backend.platform.database import Base

TABLES = tuple(table for feature in FEATURES for table in feature.tables)
metadata = Base.metadata
