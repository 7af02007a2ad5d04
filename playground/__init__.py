"""A pretended Slack workspace on one's own machine: to try a bot out, and to test it over real sockets."""
