"""What was merged: day by day, taking it back, and merging without asking."""
