"""The calendar: weeks and months, and the subscription for other calendar programs."""
