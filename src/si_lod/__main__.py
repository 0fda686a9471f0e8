"""``python -m si_lod`` is ``si-lod``."""

from si_lod.cli import main

main()
