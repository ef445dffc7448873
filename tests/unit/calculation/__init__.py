"""Tests of the coupling table and the rekenmodule: their cases, and their modules."""
