"""Floor 3: pure. Is handed records and what exists, and says what to do in which order."""
