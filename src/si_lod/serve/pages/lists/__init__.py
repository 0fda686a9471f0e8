"""Many things at once: the lists of a kind, chosen and sorted, and what a search found."""
