"""What is looked up in a release that the engine holds, in the engine's words and in the client's format."""
