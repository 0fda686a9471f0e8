"""The page of one thing: all that the release says of it, and all that leads to it."""
