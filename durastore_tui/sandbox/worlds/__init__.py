"""The seeded worlds of the demo. `build.py` lists them; spaces and snapshots of a world are in modules of their own."""
