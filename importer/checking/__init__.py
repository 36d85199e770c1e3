"""Floor 3: the only room with pandas and pandera: cells, schema, references."""
