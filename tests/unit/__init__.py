"""Tests per room, as the rooms stand in the product."""
