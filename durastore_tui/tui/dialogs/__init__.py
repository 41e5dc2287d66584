"""Dialogs, forms among them: what lies over a place until it is closed."""
