"""Where it happens: points to metres, density, hot areas, how lasting and how concentrated, and the map of it."""
