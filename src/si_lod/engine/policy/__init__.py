"""Which queries are let through: those of SPARQL 1.1 that only read and reach nothing."""
