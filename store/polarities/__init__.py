"""Both/and maps: what is kept of them while a group makes them and keeps an eye on them."""
