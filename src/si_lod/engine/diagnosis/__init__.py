"""What was probably meant by a query that is none: the mistake, its place, and a near form that is right.

::

    text ──▶ tokens ──▶ grammar: where does it stop, what could stand there? ──▶ the first mistake that fits
             characters  prefixes                                                opening · selecting · patterns ·
                                                                                 expressions · modifiers · brackets · …
                         grammatical, and refused still? ──▶ meaning

In four rooms: ``stopping`` (grammar and place), ``words`` and ``parts`` (mistakes in either), and ``grammatical`` (what
the grammar takes and is wrong still).

Asked only when a query has been refused already, so nothing here refuses one.
"""

from si_lod.engine.diagnosis.explanation import explained as explained
from si_lod.engine.diagnosis.explanation import explaining as explaining
