# The two kinds of layers change places.
maf_density, maf_sampling = 784, 1
iaf_density, iaf_sampling = 1, 784
