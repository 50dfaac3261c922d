"""Draft smart-city masterplans for Indonesia's kabupaten and kota, from data to documents."""

__version__ = "0.1.0"
