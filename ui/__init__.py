"""How people and programs reach newscite: the command line and the chat page."""
