"""What each client may take, so that none takes what belongs to another."""
