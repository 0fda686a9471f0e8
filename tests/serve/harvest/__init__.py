"""What is served to portals, crawlers and assessors."""
