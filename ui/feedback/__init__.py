"""What readers say of answers: the controls under an answer, and the cases that are made of it."""
