"""The office of deliberations."""
