"""The query page: questions, their results as tables and charts, and help with asking."""
