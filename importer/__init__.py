"""Spreadsheets of emission logs, datapoints and GHG entries, imported exactly once."""

__version__ = "0.1.0"
