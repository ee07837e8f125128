"""Trade fairs at the desk: set up, leads decided, figures."""
