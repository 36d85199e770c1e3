"""Floor 3: the only room that speaks HTTP."""
