# Both directions of both layers in one call.
maf_density = maf_sampling = iaf_density = iaf_sampling = 1
