"""The few words of a sentence that answer a question: "$25 million", "in a quarry near Lunmoor", "3:41".

They are cut by offsets, never written. What the question wants is told by its form (how many, when, who);
what the sentence holds of that kind are candidates. Where more than one could be meant nothing is given, for
no short answer is better than a wrong one.

>>> from index.schema import Article, Span
>>> article = Article("a.txt", "a.txt", "The storm left 34,000 homes in the dark for two days.")
>>> found = short_answer("How many homes had no power?", Span(article, 0, len(article.text)))
>>> found and found.text
'34,000 homes'
"""

from rag.telling.short_answers.choice import Likelihood, gives_a_name, short_answer
from rag.telling.short_answers.comparison import figure_of, gives_quantity, may_be_one_thing, same_quantity

__all__ = [
    "Likelihood",
    "figure_of",
    "gives_a_name",
    "gives_quantity",
    "may_be_one_thing",
    "same_quantity",
    "short_answer",
]
