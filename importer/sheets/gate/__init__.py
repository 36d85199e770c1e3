"""What a file is, and whether it may be opened at all: judged by content, before any parser."""
