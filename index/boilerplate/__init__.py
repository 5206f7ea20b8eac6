"""How the debris of news pages reads and where it stands, in English, Spanish and Arabic.

`lines` cuts a text. `words` judges a line by what it says, with the vocabulary of `headings`, `asking`,
`pictures`, `writers` and `date_lines`; `place` by where it stands, with the rules of `header`, `neighbours`
and `tail`; `tables` keeps rows of figures out of it. `index.clean` makes masks of both.
"""
