"""The storage half of the sandbox: signed addresses that stand for a cloud's object store.

Isometric hands such addresses out and is not behind them: they need no credentials of its own.
Source: docs.isometric.com/api-reference/certify/uploading-sources.
"""
