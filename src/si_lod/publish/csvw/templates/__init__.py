"""URI templates, taken apart once and expanded row by row (RFC 6570)."""
