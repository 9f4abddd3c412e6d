"""What all tests of this room have in common."""

from tests.learned_once import learned_anew, learned_once

__all__ = ["learned_anew", "learned_once"]
