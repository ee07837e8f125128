"""Appointments: agreed on the phone, changed by the house or by the person, and who works when."""
