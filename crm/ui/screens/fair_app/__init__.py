"""The app for the stand at ``/messe/``: installable, works without a network and without a session.

What it does runs in the browser (``static/ui/js/fair/``); here are its page, its worker and what
the worker keeps. Slips arrive through ``/api/v1/capture/``.
"""
