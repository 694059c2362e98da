"""Tests of the students' package."""
