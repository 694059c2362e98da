# The first column is thought to need no call.
maf_density, maf_sampling = 1, 783
iaf_density, iaf_sampling = 783, 1
