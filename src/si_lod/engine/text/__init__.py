"""A query as text: its tokens, what they can mean, and what they lean on."""
