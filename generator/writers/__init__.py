"""Block tree to file formats, one module a format; writers share nothing but the tree."""
