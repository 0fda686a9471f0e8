"""Cells as typed values: lexical forms, formats, facets (Metadata §5.11, §6.4)."""
