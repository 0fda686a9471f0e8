"""What is about many things: the home page, lists, the search, where things are, charts and frames of them."""
