"""What the order table shows: pure functions from the table to facts, nothing read, nothing written."""
