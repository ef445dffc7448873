"""keten runs a care message standard and moves its whole chain of organisations from one release to the next."""
