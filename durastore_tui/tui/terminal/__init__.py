"""All that touches private names of Textual."""
