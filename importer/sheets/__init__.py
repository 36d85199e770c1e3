"""Floor 3: the only room that opens workbooks: read, template, results."""
