# The slope on doubly logarithmic axes.
order = math.log(0.0064 / 0.0001) / math.log(40 / 10)
