"""The command line: arguments in, rows and exit codes out."""
