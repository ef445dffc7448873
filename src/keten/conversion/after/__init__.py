"""What comes after: the files of the new messages, from content that is read again and items that are new."""
