"""The Cula half of the sandbox: periodic emission logs, their configs, sites and tokens.

Source: the public pages of docs.cula.tech of the generation under `/upcoming`.
"""
