"""Where things are: a page, a drawing and a table of all places."""
