"""Speech recognition on this computer: what was said, from sound, without any network."""
