"""What an engineer may raise: questions on the working day before, and talking points."""
