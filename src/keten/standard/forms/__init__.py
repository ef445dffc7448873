"""The forms in which the standard is shown: text for people (rich), pages to read (HTML), JSON for programs."""
