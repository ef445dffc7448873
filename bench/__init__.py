"""Measurements of keten: `python -m bench`."""
