"""What CSVW metadata says of tables, read and found right (Metadata §5)."""
