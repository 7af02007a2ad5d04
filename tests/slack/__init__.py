"""The pretended Slack against real clients: slack-sdk and Bolt over real sockets."""
