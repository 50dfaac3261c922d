"""The parts from which `make_reference` builds `templates/reference.docx`."""
