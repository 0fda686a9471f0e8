"""A file of bytes becomes rows of cells, each with its physical line (Model §8)."""
