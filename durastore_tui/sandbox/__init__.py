"""The stand-in DuraStore server: a real HTTP server with a seeded world. Shares no code with the client."""
