"""pySHACL's home: graph and shapes go in, validation results come out, its errors become ours.

::

    bounded ──▶ a process (__main__): validation, which the clock holds to its time ──▶ results
                                          └── refused, late, ended ──▶ refusals
"""
