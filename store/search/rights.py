"""Who may read what: one condition, which stands inside every statement that looks for words.

Public channels: every full member. Private ones, and any channel for a guest: who is in it at this moment. A channel
of which nobody knows just now what it is and who is in it: nobody. Whoever left the community, or is unknown: nothing.
What was imported and is nowhere in Slack: the host. The host besides: public channels. Direct and group messages:
nobody, and they are not kept either.
"""

from typing import Any

from practices.archive import Viewer

_ME = "SELECT 1 FROM member me WHERE me.community_id = :community AND me.id = :viewer AND NOT me.gone"

# Nothing here depends on the channel but what has to: each question is asked once.
_MEMBER = f"""
    SELECT c.key FROM channel c
    WHERE c.community_id = :community AND c.linked AND c.members_known_at IS NOT NULL
      AND (c.kind = 'public' AND EXISTS ({_ME} AND NOT me.guest)
        OR c.kind IN ('public', 'private') AND EXISTS ({_ME}) AND c.key IN (
          SELECT p.channel_key FROM presence p WHERE p.community_id = :community AND p.member = :viewer))
"""  # noqa: S608

_HOST = """
    SELECT c.key FROM channel c
    WHERE c.community_id = :community AND (c.kind = 'public' OR (c.kind = 'private' AND NOT c.linked))
"""


def readable_channels(viewer: Viewer) -> str:
    """A statement that gives the keys of the channels this viewer may read; takes what `about` gives."""
    return _HOST if viewer.member is None else _MEMBER


def readable(viewer: Viewer, *, postgres: bool) -> str:
    """The condition under which this viewer may read a message `m`; takes what `about` gives.

    Without the + the planners read the index of the channels, most of whose messages do not match.
    """
    keys = readable_channels(viewer)
    return f"(m.channel_key + 0) = ANY (ARRAY({keys}))" if postgres else f"+m.channel_key IN ({keys})"


def about(community: str, viewer: Viewer) -> dict[str, Any]:
    """The parameters of `readable_channels`."""
    return (
        {"community": community}
        if viewer.member is None
        else {"community": community, "viewer": viewer.member}
    )
