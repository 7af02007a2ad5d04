"""people are invited to join a circle, and ask to"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("circle_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("remind_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_invitation")),
        sa.ForeignKeyConstraint(
            ["community_id", "circle_id"],
            ["circle.community_id", "circle.id"],
            name=op.f("fk_invitation_community_id_circle_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_invitation_remind_at"), "invitation", ["remind_at"])
    op.create_index(op.f("ix_invitation_state_closes_at"), "invitation", ["state", "closes_at"])
    op.create_index(op.f("ix_invitation_community_id_circle_id"), "invitation", ["community_id", "circle_id"])
    op.create_table(
        "application",
        sa.Column("community_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=False),
        sa.Column("erase_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "community_id",
            "invitation_id",
            "member",
            name=op.f("uq_application_community_id_invitation_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "invitation_id"],
            ["invitation.community_id", "invitation.id"],
            name=op.f("fk_application_community_id_invitation_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_application_erase_at"), "application", ["erase_at"])
    op.create_index(op.f("ix_application_community_id_member"), "application", ["community_id", "member"])
