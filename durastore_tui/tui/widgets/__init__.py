"""Parts of screens: they draw and post, and await nothing."""
