"""One module a noun; each adds its verbs to the root."""
