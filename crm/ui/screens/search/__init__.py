"""Global search: the palette's results and the page ``/suche/``."""
