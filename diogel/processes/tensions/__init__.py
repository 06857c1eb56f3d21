"""Community tension reports: received, triaged, answered, closed."""
