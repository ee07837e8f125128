"""What happened and what comes next: the place of touchpoints and activities."""
