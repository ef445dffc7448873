"""Spoiled input for every command, by the thousand: none may end in a fault, take long, or touch what is not its own."""
