# The number of columns as a product, and as floats.
maf_density = 1
maf_sampling = 28 * 28
iaf_density = 784.0
iaf_sampling = 1.0
