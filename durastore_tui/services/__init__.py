"""What people do with DuraStore, awaited: the api put to use. No screen, no command line."""
