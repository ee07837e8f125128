"""Trade fairs (Messen): set up, captured at the stand, followed up."""
