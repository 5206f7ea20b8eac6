"""Tiny models made in the test, so that nothing is fetched."""

from collections.abc import Mapping
from pathlib import Path


def cross_encoder(folder: Path, *, labels: Mapping[int, str], favourite: int | None = None) -> Path:
    """A CrossEncoder of random weights; with `favourite` its bias makes it always choose that label."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ferry", "sank"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(labels),
        label2id={label: number for number, label in labels.items()},
    )
    model = BertForSequenceClassification(config)
    if favourite is not None:
        with torch.no_grad():
            model.classifier.bias[favourite] += 100
    model.save_pretrained(folder)
    BertTokenizer(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder
