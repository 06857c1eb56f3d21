"""Papers and snapshots: what is told, withheld, scanned and certified."""
