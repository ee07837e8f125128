"""Appointments: when somebody is free, and what is agreed with whom.

:func:`slots.free` tells what can be booked; :func:`booking.book`, :func:`changing.move` and
:func:`changing.cancel` are the changes. No two booked appointments of an employee overlap: the
database refuses it, see ADR 0075.
"""
