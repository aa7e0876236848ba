"""Django's PostgreSQL backend, quicker at what our wide tables make it do most: naming columns."""
