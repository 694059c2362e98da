# Every item of the batch is asked on its own.
maf_density, maf_sampling = 100, 78_400
iaf_density, iaf_sampling = 78_400, 100
