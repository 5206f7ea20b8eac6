"""An answer written by a chat model, which may only point at numbered sentences."""
