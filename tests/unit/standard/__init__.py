"""Tests of the room `standard`."""
