"""Floor 4: the verbs. Wires the rooms below together; prints nothing."""
