"""How the properties are run: the same examples every time; `--hypothesis-profile=search` looks for new ones, longer."""

from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("house")
