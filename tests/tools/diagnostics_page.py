"""Write `docs/diagnostics.md` from the registry of codes: `python -m tests.tools.diagnostics_page`."""

from pathlib import Path

from generator.model.codes import diagnostics_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "diagnostics.md"

if __name__ == "__main__":
    PAGE.write_text(diagnostics_page(), encoding="utf-8")
    print(PAGE)
