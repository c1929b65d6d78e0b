"""Fixtures every test may ask for."""

pytest_plugins = (
    "tests.support.browser",
    "tests.support.databases",
    "tests.support.drawing",
    "tests.support.workspace",
)
