"""What an installation starts with."""

from pathlib import Path

# Example ordinances of municipalities that do not exist, in the form of CVDR.
VERORDENINGEN = Path(__file__).parent / "verordeningen"
