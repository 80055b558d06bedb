"""What is kept between visits: settings, where somebody is, and the last answer's name."""
