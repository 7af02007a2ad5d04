"""whether a card has stood in its channel in other words"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("writing", sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE writing SET edited = TRUE WHERE ts IS NOT NULL AND revision > 1")
