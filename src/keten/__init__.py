"""keten runs a care message standard and moves its whole chain of organisations from one release to the next."""

import os

# Polars' allocator keeps freed memory for ten seconds; long work then holds twice what it needs. Must be set before Polars
# is loaded.
os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:100,muzzy_decay_ms:100")
