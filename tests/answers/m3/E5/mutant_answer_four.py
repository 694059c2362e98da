# The factor of the steps is taken for the order.
order = 4
