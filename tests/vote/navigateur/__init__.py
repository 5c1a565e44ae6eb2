"""The vote in Chromium: apart, because a browser holds the loop that other tests need."""
