"""Tests of the course team's package."""
