"""The format of .xlsx and .xlsm: parts, their relations, and what they hold (ECMA-376)."""
