"""Plans, priorities, objectives, action numbers and outcomes."""
