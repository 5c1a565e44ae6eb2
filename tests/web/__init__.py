"""The front alone: tokens, components, skeleton, static files."""
