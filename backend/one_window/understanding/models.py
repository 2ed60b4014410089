"""Tables of understanding."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class UnclearQuestion(Base):
    """A question that was not answered as it stood, without identifiers and without whose it was."""

    __tablename__ = "unclear_questions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    text: Mapped[str] = mapped_column(String(200), unique=True)
    outcome: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    times: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
    decision: Mapped[str] = mapped_column(String(10), default="open", index=True)
    """``open``, ``taught`` or ``ignored``."""
    decided_by: Mapped[str | None] = mapped_column(String(32))


class TaughtExample(Base):
    """A sentence that an editor attached to an item or to a policy answer."""

    __tablename__ = "taught_examples"
    __table_args__ = (UniqueConstraint("text"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(String(12), index=True)
    text: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)


class Switch(Base):
    """Something switched off for now, or the emergency notice."""

    __tablename__ = "switches"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    target: Mapped[str] = mapped_column(String(30), primary_key=True)
    sentence: Mapped[str] = mapped_column(String(300))
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)


class EvaluationUpload(Base):
    """A report of ``./daoban evaluate`` that an editor uploaded, identifiers masked."""

    __tablename__ = "evaluation_uploads"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(80))
    questions: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    """JSON of report_shapes.EvaluationReport."""
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)


class QuestionDecision(Base):
    """What an editor decided of a question of evaluations, so that it does not come again."""

    __tablename__ = "question_decisions"

    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of its text, identifiers masked."""
    decision: Mapped[str] = mapped_column(String(12))
    """``label_wrong`` or ``leave``."""
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
