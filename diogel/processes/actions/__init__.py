"""Actions of the plan, as records that live for years."""
