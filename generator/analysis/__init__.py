"""Assessment to gaps to plan: pure functions of frozen values. This room reads no file."""
