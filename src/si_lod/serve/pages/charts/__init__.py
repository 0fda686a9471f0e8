"""Charts of observations: what is comparable is gathered, measured out, drawn as SVG, and lent to pages of others."""
