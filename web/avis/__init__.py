"""Saisines and avis: their dossier, their list, their deadlines for everyone; every act on them for the office."""
