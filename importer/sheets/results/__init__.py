"""The user's own file with what became of each row, changed only where we write."""
