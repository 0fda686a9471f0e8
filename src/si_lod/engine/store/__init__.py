"""A release's store, asked in this process; the home of the store's errors."""
