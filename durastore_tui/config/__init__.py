"""Where to connect and as whom: profiles, settings and secrets."""
