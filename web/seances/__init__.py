"""Meetings: their public pages, and the secretary's screen, keyboard first."""
