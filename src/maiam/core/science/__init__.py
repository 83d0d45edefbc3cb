"""Statistics as plain functions: shapes, units, errors and sources stated."""
