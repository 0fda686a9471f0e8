"""From what a client accepts to a response: negotiation, variants, validators, and content however large."""
