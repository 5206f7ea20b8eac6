"""The commands of `newscite`, by what they work on. Heavy libraries are imported inside them."""
