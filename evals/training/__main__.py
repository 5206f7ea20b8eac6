"""`python -m evals.training DATA`: train the reader and write its weights, the same for the same data."""

import random
import time
from pathlib import Path
from typing import Annotated

import typer


def main(  # noqa: PLR0917 -- typer takes one argument an option
    data: Annotated[Path, typer.Argument(help="The folder with xquad, squad2_sample500 and wice.")],
    out: Annotated[Path, typer.Option(help="The ONNX file to write.")] = Path("rag/finding/reader/reader.onnx"),
    epochs: Annotated[int, typer.Option(min=1)] = 3,
    questions: Annotated[int, typer.Option(min=1, help="Questions a step.")] = 12,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 1e-4,
    span_weight: Annotated[
        float, typer.Option(help="What the answer's words weigh beside its sentence.")
    ] = 0.25,
    limit: Annotated[int | None, typer.Option(help="Use only so many questions.")] = None,
    seed: Annotated[int, typer.Option()] = 0,
) -> None:
    """Train on all examples but one in fifty, on which it says after each epoch how it stands."""
    import torch

    from evals.training.examples import read_examples
    from evals.training.network import Network, export, gradients, loss
    from index.embed import load_embedder

    torch.manual_seed(seed)
    chance = random.Random(seed)
    examples = read_examples(data, load_embedder(), seed=seed)
    chance.shuffle(examples)
    examples = examples[:limit]
    held_out, training = examples[::50], [one for n, one in enumerate(examples) if n % 50]
    passages = sum(len(example.parts) for example in training)
    typer.echo(f"{len(training):,} questions with {passages:,} passages, {len(held_out)} questions held out")
    network = Network()
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    steps = epochs * -(-len(training) // questions)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: _share_of_rate(done / steps))
    began, step = time.monotonic(), 0
    for epoch in range(epochs):
        network.train()
        chance.shuffle(training)
        total = 0.0
        # Passages of one length go together, so that little is padding.
        order = sorted(range(len(training)), key=lambda n: (n // (questions * 20), _length(training[n])))
        batches = [order[n : n + questions] for n in range(0, len(order), questions)]
        chance.shuffle(batches)
        for batch in batches:
            step_loss, grads = gradients(network, [training[n] for n in batch], span_weight)
            for parameter, gradient in zip(learning, grads, strict=True):
                parameter.grad = gradient
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            optimiser.step()
            schedule.step()
            total += step_loss
            step += 1
            if step % 20 == 0:
                left = (time.monotonic() - began) / step * (steps - step)
                typer.echo(f"step {step}/{steps}, loss {step_loss:.3f}, {left / 60:.0f} min left")
        network.eval()
        with torch.no_grad():
            held = sum(float(loss(network, [one], span_weight)) for one in held_out) / len(held_out)
        typer.echo(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, held out {held:.3f}")
        export(network, out)  # after each, so that a look can be had before the end
    typer.echo(f"wrote {out}, {out.stat().st_size / 1e6:.1f} MB")


def _share_of_rate(done: float) -> float:
    """Rises over the first tenth of the way, then falls to nothing."""
    return min(10 * done + 0.01, (1 - done) / 0.9)


def _length(example: object) -> int:
    return max(len(part.text) for part in example.parts)  # type: ignore[attr-defined]


if __name__ == "__main__":
    typer.run(main)
