"""What is wrong with what came, and the numbers of it: one module for each kind of finding."""
