"""Primary and foreign keys, checked without holding the tables in memory (Metadata §5.5.2.1)."""
