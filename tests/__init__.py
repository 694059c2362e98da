"""Tests of helpers, staff and the notebooks; a package, so that `tests/helpers` never shadows `helpers`."""
