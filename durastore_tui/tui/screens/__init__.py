"""One file a screen, and the sheets that lie over them."""
