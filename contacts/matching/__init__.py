"""Who is the same in the real world: normalising, phonetics, and what builds on them.

Plain Python without Django, so that it runs by the hundred thousand per second anywhere.
"""
