"""The walkthrough: the real app on the stand-in, its keys played, with captions."""
