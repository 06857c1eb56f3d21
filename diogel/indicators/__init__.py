"""Measures, indicators, observations and the cards that explain unusual figures."""
