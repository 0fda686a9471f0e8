"""The graphs that the engine holds, and the small ones that tell which of them are whole."""
