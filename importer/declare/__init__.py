"""Floor 2: the language in which a resource is declared. Knows the model and nothing else."""
