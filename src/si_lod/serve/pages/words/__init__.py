"""How what the release says reads on a page: names, numbers, dates and links in the reader's language."""
