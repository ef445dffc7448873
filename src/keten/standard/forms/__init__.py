"""The forms in which the standard is shown: text for people (rich), JSON for programs."""
