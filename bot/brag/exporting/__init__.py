"""The brag document as a file: what goes into it and in which order, and each format."""
