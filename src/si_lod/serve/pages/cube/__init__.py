"""The observations about a thing (RDF Data Cube), as tables that people can read."""
