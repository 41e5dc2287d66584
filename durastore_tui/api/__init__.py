"""The wire: one transport, and one module for each endpoint family. Errors leave as `core.errors`."""
