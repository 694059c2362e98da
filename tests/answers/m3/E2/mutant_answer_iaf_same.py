# IAF is thought to cost what MAF costs.
maf_density, maf_sampling = 1, 784
iaf_density, iaf_sampling = 1, 784
