"""The terminal UI: draws what the services say and posts what the person wants."""
