"""Writing a chunk of prepared rows: a fixed number of statements, whatever the number of rows.

``matching`` finds who is known already, ``employers`` which company is meant, ``creating`` and
``updating`` collect what is to be written, ``batch`` sends it, ``chunks`` puts them together.
"""
