"""trust: the audit trail, second step and sessions of staff, verification of citizens.

Revision: 0003
Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER audit_is_append_only_{what} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
"""


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("by_kind", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_action"), "audit", ["action"])
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"])
    op.create_index(op.f("ix_audit_by_id"), "audit", ["by_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL)
        op.execute(
            "CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
        )
    else:
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(what=what))

    _staff()
    _citizens()


def _citizens() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("proof", sa.String(length=40), nullable=True))
        conversations.add_column(sa.Column("verified_until", sa.DateTime(timezone=True), nullable=True))
        conversations.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "phone_codes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("placeholder", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_phone_codes_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_codes")),
    )
    op.create_index(op.f("ix_phone_codes_conversation_id"), "phone_codes", ["conversation_id"])
    op.create_index("ix_phone_codes_phone_sent_at", "phone_codes", ["phone", "sent_at"])


def _staff() -> None:
    op.execute("DELETE FROM staff_sessions")  # everybody signs in once more: what the new columns tell is not known
    with op.batch_alter_table("staff_sessions") as sessions:
        sessions.add_column(sa.Column("id", sa.String(length=32), nullable=False))
        sessions.add_column(sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False))
        sessions.add_column(sa.Column("browser", sa.String(length=200), nullable=False))
        sessions.add_column(sa.Column("address", sa.String(length=45), nullable=False))
        sessions.create_unique_constraint(op.f("uq_staff_sessions_id"), ["id"])
    with op.batch_alter_table("staff_accounts") as accounts:
        accounts.add_column(sa.Column("totp", sa.String(length=40), nullable=True))
        accounts.add_column(sa.Column("totp_pending", sa.String(length=40), nullable=True))
        accounts.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_table("phone_codes")
    with op.batch_alter_table("conversations") as conversations:
        for name in ("proof", "verified_until", "forgotten_at"):
            conversations.drop_column(name)
    with op.batch_alter_table("staff_accounts") as accounts:
        for name in ("totp", "totp_pending", "totp_step"):
            accounts.drop_column(name)
    with op.batch_alter_table("staff_sessions") as sessions:
        sessions.drop_constraint(op.f("uq_staff_sessions_id"), type_="unique")
        for name in ("id", "begun_at", "browser", "address"):
            sessions.drop_column(name)
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_append_only()")
