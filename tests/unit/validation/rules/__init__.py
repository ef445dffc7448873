"""Tests of the room `validation`."""
