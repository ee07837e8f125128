"""Forms of the record's page, one module per part."""
