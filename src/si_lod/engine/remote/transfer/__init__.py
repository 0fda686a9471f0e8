"""A release on its way into the engine, and held against what was sent."""
