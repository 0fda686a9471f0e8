"""Documents about things, and of definitions: what each says, in which variants, now and in the releases before."""
