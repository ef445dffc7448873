"""The care of the clients: indications and what is assigned, by whom, and when it was told."""
