"""All HTML: the shell, the components and one folder per screen."""
