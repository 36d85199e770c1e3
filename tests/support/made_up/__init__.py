"""A made-up resource, which proves what a new sheet takes."""
