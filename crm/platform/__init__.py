"""What Einklang stands on: embedded servers, process supervision, the commands behind ``make``.

Imports nothing of the other packages and needs no Django settings.
"""
