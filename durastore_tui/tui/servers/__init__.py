"""The servers that are held side by side: logins, places, and where a person was."""
