"""Bad input: random and broken data for everything that reads, and what must not happen then."""
