"""Orders, invoices and ratings of the ERP: the panel of a record, its orders, taking over."""
