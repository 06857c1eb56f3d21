"""A pytest plugin, loaded before settings are read: the tests' home is never that of the person who runs them."""

import os
import tempfile

os.environ["DIOGEL_HOME"] = os.environ.get("DIOGEL_TEST_HOME") or tempfile.mkdtemp(prefix="diogel-test-")
os.environ["DIOGEL_POOL"] = "no"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
