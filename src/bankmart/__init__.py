"""bankmart: a bank's customer warehouse, built by dbt on DuckDB."""
