"""The same network in PyTorch, as fast as PyTorch goes: oneDNN's LSTM, the fused Adam, all threads.

The first layer reads characters as rows of the identity matrix, which PyTorch looks up. Each layer has two biases, where
Keras and this project have one.
"""

import time

import torch
from answer import Task, answer_requests

all_threads = torch.get_num_threads()


class Poet(torch.nn.Module):
    def __init__(self, vocabulary: int, layers: int, neurons: int):
        super().__init__()
        self.register_buffer("rows", torch.eye(vocabulary))
        self.lstm = torch.nn.LSTM(vocabulary, neurons, layers)
        self.head = torch.nn.Linear(neurons, vocabulary)

    def forward(self, ids, state=None):
        """ids: [time, batch]; the scores are [time, batch, vocabulary]"""
        hidden, state = self.lstm(torch.nn.functional.embedding(ids, self.rows), state)
        return self.head(hidden), state

    def weights(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


def step(vocabulary: int, layers: int, neurons: int, time: int, batch: int, precision: str) -> Task:
    poet = Poet(vocabulary, layers, neurons)
    parameters = list(poet.parameters())
    optimizer = torch.optim.Adam(parameters, lr=1e-3, fused=True)
    ids, targets = torch.randint(vocabulary, (2, time, batch))

    def run() -> float:
        torch.set_num_threads(all_threads)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            scores, _ = poet(ids)
            loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 0.2, foreach=True)
        optimizer.step()
        return loss.item()

    return Task(run, {"weights": poet.weights()})


def generation(vocabulary: int, layers: int, neurons: int, length: int) -> Task:
    """Writes with the number of threads, and with or without oneDNN, whichever is fastest here."""
    poet = Poet(vocabulary, layers, neurons).eval()

    def write(threads: int, onednn: bool, count: int) -> float:
        torch.set_num_threads(threads)
        with torch.inference_mode(), torch.backends.mkldnn.flags(enabled=onednn):
            ids, state = [torch.ones((1, 1), dtype=torch.int64)], None
            for _ in range(count):
                scores, state = poet(ids[-1], state)
                likely = torch.softmax(scores.flatten() / 0.8, 0)
                ids.append(torch.multinomial(likely, 1).view(1, 1))
            return len(torch.cat(ids[1:]).flatten().tolist())

    def seconds(way: tuple[int, bool]) -> float:
        write(*way, 10)
        began = time.perf_counter()
        write(*way, 100)
        return time.perf_counter() - began

    threads, onednn = min([(1, False), (1, True), (all_threads, False), (all_threads, True)], key=seconds)
    facts = {"weights": poet.weights(), "characters": length, "threads": threads, "oneDNN": "yes" if onednn else "no"}
    return Task(lambda: write(threads, onednn, length), facts)


def matmul(size: int) -> Task:
    a, b = torch.rand(2, size, size)

    def run() -> float:
        torch.set_num_threads(all_threads)
        return torch.mm(a, b)[0, 0].item()

    return Task(run, {"operations": 2 * size**3})


answer_requests(
    {"step": step, "generation": generation, "matmul": matmul},
    {"PyTorch": torch.__version__, "threads": all_threads},
)
