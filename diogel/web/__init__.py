"""Settings, addresses and the pages that look across rooms."""
