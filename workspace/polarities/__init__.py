"""How both/and maps are made and looked at in Slack: pure, values to blocks."""
