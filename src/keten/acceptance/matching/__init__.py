"""What must come and what came, found for each other and compared."""
