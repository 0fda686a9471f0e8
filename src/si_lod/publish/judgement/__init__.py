"""Whether a draft may be published, and where each thing that is wrong with it can be mended."""
