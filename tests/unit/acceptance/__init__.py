"""Tests of the judge: the cases of its codes, its modules, and that it agrees with the conversion."""
