"""The communes and the conferences of mayors: who they are, since when, and the dossiers about them."""
