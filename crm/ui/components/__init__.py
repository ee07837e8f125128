"""The component library: tags with a name, each with its template, gathered in ``{% load ui %}``.

Every component stands in every state on the page ``/styleguide/``.
"""
