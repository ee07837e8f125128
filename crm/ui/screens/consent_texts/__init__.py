"""Administration of consent texts: versions, drafts, what a draft lacks, publishing."""
