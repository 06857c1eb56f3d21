"""Letters to people, each with a fixed number and a state, and the signed links that some of them hold."""
