"""Floor 3: what exists. One file is one sheet with its details; `catalog.py` names them all."""
