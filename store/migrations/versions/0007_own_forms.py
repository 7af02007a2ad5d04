"""a community's own forms, as they were last right"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("community", sa.Column("forms", sa.Text(), nullable=True))
