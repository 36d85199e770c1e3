"""Resources and definitions of the Cula tracking API (docs.cula.tech)."""
