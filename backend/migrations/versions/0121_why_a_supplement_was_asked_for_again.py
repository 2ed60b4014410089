"""Why a supplement was asked for again.

Revision: 0121
Follows: 0120
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_steps") as batch_op:
        batch_op.add_column(sa.Column("why_again", sa.String(length=1000), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("case_steps") as batch_op:
        batch_op.drop_column("why_again")
