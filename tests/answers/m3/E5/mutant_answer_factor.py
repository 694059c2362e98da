# The factor by which the error falls.
order = 64
