"""the catalogue is edited: drafts and their authors, versions from a date, confirmed local fields, decisions on materials.

Revision: 0002
Follows: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("item_versions") as batch_op:
        batch_op.add_column(sa.Column("in_force_from", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("based_on", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edits", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("authors", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("approved_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("note", sa.String(length=400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("answer", sa.String(length=400), nullable=False, server_default=""))
    op.execute("UPDATE item_versions SET in_force_from = published_at")
    with op.batch_alter_table("item_versions") as batch_op:
        batch_op.alter_column("in_force_from", existing_type=sa.DateTime(timezone=True), nullable=False)
        for name, kind in (("edits", sa.Integer()), ("authors", sa.JSON()), ("note", sa.String(length=400)),
                           ("answer", sa.String(length=400))):  # fmt: skip
            batch_op.alter_column(name, existing_type=kind, server_default=None)
    op.create_table(
        "centre_fields",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_centre_fields")),
    )
    op.create_table(
        "material_decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item", sa.String(length=12), nullable=False),
        sa.Column("material", sa.String(length=60), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("cite", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_decisions")),
    )
    with op.batch_alter_table("material_decisions") as batch_op:
        batch_op.create_index(batch_op.f("ix_material_decisions_item"), ["item"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("material_decisions") as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_decisions_item"))
    op.drop_table("material_decisions")
    op.drop_table("centre_fields")
    with op.batch_alter_table("item_versions") as batch_op:
        for name in ("answer", "note", "approved_by", "authors", "edits", "based_on", "in_force_from"):
            batch_op.drop_column(name)
