"""The pages of meetings: the secretary's screen, and what everybody reads."""
