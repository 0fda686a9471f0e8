"""What a page is about in the words of schema.org, for those who read pages by machine."""
