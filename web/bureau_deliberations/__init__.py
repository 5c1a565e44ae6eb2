"""The office of deliberations: drafts, what their vote rests on, the acts that come after."""
