"""From the variants that there are to a response: the one that fits, its validators, its content however large."""
