"""Floor 3: the only room that knows our database, reached through the port in the model."""
