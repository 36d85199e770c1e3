"""Floor 3: targets, and where each of their settings came from."""
