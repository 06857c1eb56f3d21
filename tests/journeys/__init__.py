"""Journeys through the whole site in a real browser."""
