"""Trains PyTorch's networks for `npm run speedrun`, slice by slice; what is asked is told in `bench/speedrun/race.ts`."""

import math
from collections.abc import Callable
from pathlib import Path
from weakref import WeakValueDictionary

import torch
from answer import Task, answer_requests
from char_lstm import CharLstm
from small_gpt import SmallGpt
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel


class Text:
    """What is learned from and what is held out, as numbers of characters."""

    def __init__(self, training: str, validation: str):
        parts = [Path(file).read_text("utf-8") for file in (training, validation)]
        ids = {character: index for index, character in enumerate(sorted(set("".join(parts))))}
        self.vocabulary = len(ids)
        self.training, self.validation = (torch.tensor([ids[character] for character in part]) for part in parts)


class Threads:
    """The text in as many rows as a batch has, read side by side, a step of `steps` characters after the other."""

    def __init__(self, ids, batch: int, steps: int):
        self.length = (len(ids) - 1) // batch
        self.steps = steps
        self.inputs, self.targets = (
            ids[shift : shift + batch * self.length].view(batch, self.length).T.contiguous() for shift in (0, 1)
        )
        self.count = self.length // steps

    def at(self, iteration: int):
        """[time, batch] of both, and whether the text begins anew"""
        begin = iteration % self.count * self.steps
        rows = slice(begin, begin + self.steps)
        return self.inputs[rows], self.targets[rows], begin == 0


def rate(iteration: int, iterations: int, settings: dict) -> float:
    """A climb, then half a cosine."""
    if iteration < settings["warmup"]:
        return settings["learningRate"] * (iteration + 1) / settings["warmup"]
    left = settings["finalLearningRate"]
    passed = (iteration - settings["warmup"]) / max(1, iterations - 1 - settings["warmup"])
    return settings["learningRate"] * (left + (1 - left) * (1 + math.cos(math.pi * min(1, passed))) / 2)


class Training:
    """What both networks have in common: steps with a schedule, clipping and a precision."""

    def __init__(self, network, optimizer, settings: dict, iterations: int, precision: str):
        self.network, self.optimizer, self.settings = network, optimizer, settings
        self.iterations, self.iteration = iterations, 0
        self.precision = precision
        self.averaged: AveragedModel | None = None

    def steps(self, count: int) -> float:
        self.network.train()
        loss = torch.tensor(math.nan)
        for _ in range(min(count, self.iterations - self.iteration)):
            for group in self.optimizer.param_groups:
                group["lr"] = rate(self.iteration, self.iterations, self.settings)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.precision == "bf16"):
                loss = self.loss_of_next()
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings["clipNorm"], foreach=True)
            self.optimizer.step()
            self.iteration += 1
            self.average()
        return loss.item()

    def average(self) -> None:
        """At most 64 times over the last steps; at the end the network has the mean, as in lib/train/steps/weight-average.ts."""
        span = round(self.iterations * self.settings.get("averageLast", 0))
        left = self.iterations - self.iteration
        if span and left < span and left % math.ceil(span / 64) == 0:
            self.averaged = self.averaged or AveragedModel(self.network)
            self.averaged.update_parameters(self.network)
            if left == 0:
                self.network.load_state_dict(self.averaged.module.state_dict())

    def validation(self, window: int | None) -> float:
        self.network.eval()
        with torch.inference_mode():
            return self.validated(window)


class LstmTraining(Training):
    def __init__(self, text: Text, settings: dict, iterations: int, precision: str):
        self.text = text
        shape = {name: settings[name] for name in ("neurons", "layers", "embedding", "dropout")}
        network = CharLstm(text.vocabulary, **shape)
        if settings["initialWeights"] == "ours":
            network.begin_as_ours()
        learned = [parameter for parameter in network.parameters() if parameter.requires_grad]
        optimizer = torch.optim.AdamW(learned, weight_decay=settings["weightDecay"], fused=True)
        super().__init__(network, optimizer, settings, iterations, precision)
        self.threads = Threads(text.training, settings["batch"], settings["steps"])
        self.state = None

    def loss_of_next(self):
        inputs, targets, anew = self.threads.at(self.iteration)
        scores, state = self.network(inputs, None if anew else self.state)
        self.state = tuple(part.detach() for part in state)
        return F.cross_entropy(scores.flatten(0, 1), targets.flatten())

    def validated(self, window: int | None) -> float:
        """All that is held out in 32 rows, as `validate` in lib/ reads it, or in windows that begin anew."""
        if window:
            count = (len(self.text.validation) - 1) // window
            rows = Threads(self.text.validation[: count * window + 1], count, window)
            return self.mean_loss([rows.at(0)])
        rows = Threads(self.text.validation, 32, self.settings["steps"])
        return self.mean_loss([rows.at(index) for index in range(rows.count)])

    def mean_loss(self, batches) -> float:
        state, losses = None, []
        for inputs, targets, _ in batches:
            scores, state = self.network(inputs, state)
            losses.append(F.cross_entropy(scores.flatten(0, 1), targets.flatten()).item())
        return sum(losses) / len(losses)


class GptTraining(Training):
    def __init__(self, text: Text, settings: dict, iterations: int, precision: str):
        self.text = text
        network = SmallGpt(text.vocabulary, settings["width"], settings["layers"], settings["heads"], settings["steps"])
        matrices = [parameter for parameter in network.parameters() if parameter.dim() > 1]
        others = [parameter for parameter in network.parameters() if parameter.dim() == 1]
        groups = [
            {"params": matrices, "weight_decay": settings["weightDecay"]},
            {"params": others, "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, betas=tuple(settings["betas"]), fused=True)
        super().__init__(network, optimizer, settings, iterations, precision)

    def loss_of_next(self):
        steps = self.settings["steps"]
        begins = torch.randint(len(self.text.training) - steps, (self.settings["batch"],))
        windows = self.text.training[begins[:, None] + torch.arange(steps + 1)]
        return self.loss_of(windows[:, :-1], windows[:, 1:])

    def loss_of(self, inputs, targets):
        return F.cross_entropy(self.network(inputs).flatten(0, 1), targets.flatten())

    def validated(self, window: int | None) -> float:
        """It remembers nothing from before its window, so that both measures are the same."""
        steps, ids = self.settings["steps"], self.text.validation
        count = (len(ids) - 1) // steps
        inputs, targets = (ids[shift : shift + count * steps].view(count, steps) for shift in (0, 1))
        parts = zip(inputs.split(128), targets.split(128))
        return sum(self.loss_of(*part).item() * len(part[0]) for part in parts) / count


# A training lives as long as its task.
trainings: WeakValueDictionary[str, Training] = WeakValueDictionary()


def training(kind: type) -> Callable[..., Task]:
    def begin(run: str, texts: dict, settings: dict, precision: str, seed: int, iterations: int, slice: int) -> Task:
        torch.manual_seed(seed)
        begun = kind(Text(**texts), settings, iterations, precision)
        trainings[run] = begun
        weights = sum(parameter.numel() for parameter in begun.network.parameters() if parameter.requires_grad)
        return Task(lambda: begun.steps(slice), {"weights": weights})

    return begin


def validation(run: str, window: int | None = None) -> Task:
    return Task(lambda: trainings[run].validation(window))


answer_requests(
    {"lstm": training(LstmTraining), "gpt": training(GptTraining), "validation": validation},
    {"PyTorch": torch.__version__, "threads": torch.get_num_threads()},
)
