"""The chain of decision of any dossier: from the first referral to the last euro, holes shown, links both ways."""
