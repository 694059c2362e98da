# The logarithm to base 2 of the fall in error, as for half the steps.
order = 6
