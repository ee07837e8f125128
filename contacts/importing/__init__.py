"""Taking over contacts from files: read, map, clean, write, report, revert.

``readers`` turn a file into rows of text, ``presets`` and ``mapping`` say which column means what,
``cleaning`` turns a row into normalised data or a reason why not, ``running`` and its neighbours
write it. Screens, API and command line all go through :mod:`contacts.importing.imports`.
"""
