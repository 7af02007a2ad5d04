"""a circle says how long its answers, threads and maps are kept"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    for table, column, months in (
        ("circle", "answers_months", "12"),
        ("circle", "kept_months", "36"),
        ("prompt", "answers_months", "12"),
    ):
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default=sa.text(months)))
    op.add_column("circle", sa.Column("longer", sa.Text(), nullable=False, server_default=sa.text("''")))
