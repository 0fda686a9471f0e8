"""A metadata document as JSON objects that know their lines and account for every key."""
