"""A pretended Slack workspace on one's own machine: for trying a bot out, and for testing it over real sockets."""
