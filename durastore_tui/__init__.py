"""A terminal dashboard for DuraCloud's DuraStore storage service."""

__version__ = "0.1.0"
