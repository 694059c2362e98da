# Nine vectors, each counted with (1/9) squared.
squared_length = 9 * (1 / 9) ** 2 * 36
