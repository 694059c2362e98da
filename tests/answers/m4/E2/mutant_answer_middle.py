# Half of a single draw, as for two draws.
squared_length = 18
