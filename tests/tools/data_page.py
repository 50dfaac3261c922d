"""Write `docs/data.md` from the schemas: `python -m tests.tools.data_page`."""

from pathlib import Path

from generator.writers.data_page import data_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"

if __name__ == "__main__":
    PAGE.write_text(data_page(), encoding="utf-8")
    print(PAGE)
