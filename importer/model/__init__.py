"""Floor 1: plain facts. Standard library only; no input or output, no clock."""
