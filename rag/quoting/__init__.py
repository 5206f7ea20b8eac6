"""An answer of quotations: which sentences, in what shape, who says so, and who denies it."""
