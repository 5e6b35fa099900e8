"""Code of the paper's first axis, data composition; the files themselves lie in data/."""
