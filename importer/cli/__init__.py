"""Floor 5: the command line. Options become a flow, its end an exit code. No logic."""
