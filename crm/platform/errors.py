"""What the platform cannot do, told to the person at the terminal."""


class PlatformError(Exception):
    """Something the machine lacks or refuses; the text is German and says what to do."""
