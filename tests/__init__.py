"""What the project promises, tried: rules, store, flows, house, the playground and its page."""
