"""Administration of sources: where data come from, under which licence, until when."""
