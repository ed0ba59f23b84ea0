"""The method: who stands out, by numbers alone. No order table, no facts, no words of a paper."""
