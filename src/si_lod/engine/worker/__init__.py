"""An evaluating process: what it gives up, and how it is spoken to."""
