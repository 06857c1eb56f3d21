"""A pytest plugin, loaded before settings are read: the tests' home is never that of the person who runs them."""

import atexit
import os
import shutil
import tempfile

_MADE = tempfile.mkdtemp(prefix="diogel-test-")
atexit.register(shutil.rmtree, _MADE, ignore_errors=True)

os.environ["DIOGEL_HOME"] = _MADE
if "DIOGEL_TESTS_KEPT" not in os.environ:  # else a worker: what is kept is kept for all of them
    os.environ["DIOGEL_TESTS_KEPT"] = tempfile.mkdtemp(prefix="diogel-test-kept-")
    atexit.register(shutil.rmtree, os.environ["DIOGEL_TESTS_KEPT"], ignore_errors=True)
os.environ["DIOGEL_POOL"] = "no"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
