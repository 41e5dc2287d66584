"""What each action does: plain functions over the app and a target, one module a family."""
