"""What is printed: typst templates, their data, and the tagged PDF that comes out. Nothing is kept."""
