"""The commands: what may be typed. What they do is loaded only when they run."""
