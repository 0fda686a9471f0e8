"""Why a query that is SPARQL finds nothing, or leaves a cell empty: what it asks can never hold, or has no value."""
