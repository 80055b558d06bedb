"""The pretend Echo in the browser: a page, and the few requests that it makes of this computer."""
