"""The Isometric half of the sandbox: datapoints, GHG entries and what they are built from.

Source: the public pages of docs.isometric.com for the Certify API, with the names that replaced
`removal*` in June 2026.
"""
