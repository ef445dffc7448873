"""What a population is drawn from, and how: chance that can be repeated, lists, moments and traits."""
