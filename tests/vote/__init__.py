"""The vote of a pupil: the screens, the session, the errors, what stays and what leaks."""
