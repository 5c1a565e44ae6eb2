"""Mandats: who sits where, from when to when; presidents, seats, successors. Stream `assemblees/{instance}`."""
