"""What is said of the releases themselves: which there are, why each was let through, what it changed."""
