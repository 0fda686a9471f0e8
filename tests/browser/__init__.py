"""The pages as people meet them: in a real browser, with the sample site served as its operator serves it."""
