"""Keys and typed commands: views of the one list in `actions.py`."""
