"""What a student gets back: a page of their own, put together from their result alone, and the zips that carry it."""
