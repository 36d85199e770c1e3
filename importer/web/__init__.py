"""The upload page: a face of the same flows as the command line."""
