"""The proof, by reach: units per room, properties, the product through its commands, and the house itself."""
