"""The English of Einklang: the catalogue of its texts and its formats. German is in the code."""
