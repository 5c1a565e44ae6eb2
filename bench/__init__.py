"""The measured claims of the README: each figure is a ratio to a reference measured in the same run, fsync on."""
