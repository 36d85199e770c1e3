"""Floor 3: outcomes become words: text and JSON. No input or output of its own."""
