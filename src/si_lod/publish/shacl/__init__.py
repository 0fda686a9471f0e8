"""The second gate: the graph must conform to the shapes (SHACL)."""
