"""What is claimed of speed and memory, each figure beside a yardstick that was measured in the same run."""
