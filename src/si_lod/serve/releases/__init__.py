"""The releases themselves: which there are, what each keeps of its making, and the files that it was made of."""
