"""Empty templates, and those that are filled in with what an account has."""
