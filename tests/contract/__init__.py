"""The pretended Slack against clients that are not ours: Slack's Python and Node packages, and two small apps."""
