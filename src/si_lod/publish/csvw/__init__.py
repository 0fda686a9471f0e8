"""Tables become RDF as their CSVW metadata says, in minimal mode, and nothing else is known of them here.

    csv-metadata.json ─▶ documents ─▶ metadata ─▶ TableGroup   what the tables are, with their datatypes and templates
                                                      │
    *.csv ─▶ records ─▶ keys ─▶ emission, conversion ─┴─▶ Statement   a triple and the cell it is from

The standards are *Metadata Vocabulary for Tabular Data*, *Model for Tabular Data and Metadata on the Web* and
*Generating RDF from Tabular Data on the Web* (W3C Recommendations of 17 December 2015). What is not implemented
of them is refused by the name of its key, so the metadata never promises what is not done.
"""

from si_lod.publish.csvw.conversion import convert
from si_lod.publish.csvw.damage import Damage
from si_lod.publish.csvw.metadata.discovery import Folder
from si_lod.publish.csvw.metadata.groups import read_metadata
from si_lod.publish.csvw.metadata.tables import Column, ForeignKey, Table, TableGroup
from si_lod.publish.csvw.statements import Cell, Statement

__all__ = [
    "Cell",
    "Column",
    "Damage",
    "Folder",
    "ForeignKey",
    "Statement",
    "Table",
    "TableGroup",
    "convert",
    "read_metadata",
]
