"""Kinds of documents that the Cula half keeps."""

from importer.sandbox.documents import Kind

SITE = Kind("cula", "site")
CONFIG = Kind("cula", "config")
CONFIG_VERSION = Kind("cula", "config_version")
LOG = Kind("cula", "log")
FILE = Kind("cula", "file")
