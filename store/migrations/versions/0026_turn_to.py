"""a circle says to whom its people can turn"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("circle", sa.Column("turn_to", sa.Text(), nullable=False, server_default=sa.text("''")))
