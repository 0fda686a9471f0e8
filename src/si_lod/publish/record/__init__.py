"""What is kept of a judgement: with the release that was let through, or beside the releases."""
