"""Values and templates to the block tree of a book. This room computes no score."""
