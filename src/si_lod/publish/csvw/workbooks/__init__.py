"""A workbook with a sheet for each table, in the place of the tables' CSV files."""
