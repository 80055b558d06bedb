"""The ways in from outside: a web server of one's own, and AWS Lambda."""
