"""Where a query stops being one: its tokens as the grammar has them, the place, and what could have stood there."""
