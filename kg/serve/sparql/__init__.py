"""A SPARQL 1.1 Protocol endpoint that reads and never writes."""
