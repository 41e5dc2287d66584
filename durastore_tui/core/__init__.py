"""Pure knowledge: tasks, states, arithmetic and words. Standard library only; no input, no output."""
