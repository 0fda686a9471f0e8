"""The SPARQL endpoint: from what a request asks for to a negotiated result, or why there is none."""
