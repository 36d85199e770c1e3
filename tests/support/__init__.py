"""What several tests share, and the makers of committed files."""
