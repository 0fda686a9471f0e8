"""How to cite what a page says, for people and for programs that keep references."""
