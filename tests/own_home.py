"""A pytest plugin, loaded before settings are read: the tests' home is never that of the person who runs them."""

import atexit
import os
import shutil
import tempfile

_MADE = tempfile.mkdtemp(prefix="diogel-test-")
atexit.register(shutil.rmtree, _MADE, ignore_errors=True)

os.environ["DIOGEL_HOME"] = _MADE
os.environ["DIOGEL_POOL"] = "no"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
