"""The documentation of an ontology or of shapes, and the drawing of how its classes hang together."""
