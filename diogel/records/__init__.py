"""The spine: every record with a status, a next date, a lead and a history."""
