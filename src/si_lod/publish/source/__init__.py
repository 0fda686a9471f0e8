"""What a site gives: its files, the version that they state, and its Turtle documents."""
