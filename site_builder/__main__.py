"""``python -m site_builder`` is ``dealog``."""

from site_builder.cli import main

main()
