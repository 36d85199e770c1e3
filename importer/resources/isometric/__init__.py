"""Resources and definitions of Isometric Certify (docs.isometric.com)."""
