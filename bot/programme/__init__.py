"""Programmes: check-ins over days, and problems to practice on."""
