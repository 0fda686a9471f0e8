"""From a site's files to a release; it has never heard of HTTP.

::

    source ──▶ csvw ──▶ dataset ──▶ catalogue ──▶ shacl ──▶ judgement: conforms? ──yes──▶ record ──▶ a release
                                                                          └──no──▶ what to mend, and where

``road`` walks it, ``composition`` makes the whole of what is judged.
"""
