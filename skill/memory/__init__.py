"""What is kept between visits: never anything about health."""
