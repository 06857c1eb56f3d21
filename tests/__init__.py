"""Tests that look at the whole house; every other test stands beside its code."""
