"""Whether a denial is told as one, both sides are given, and copies of one report are counted as one."""
