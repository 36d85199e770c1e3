"""The upload page: a face over the flows, served on this machine only."""
