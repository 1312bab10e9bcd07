"""The same network in PyTorch, as fast as PyTorch goes: oneDNN's LSTM, the fused Adam, all threads.

The first layer reads characters as rows of the identity matrix, which PyTorch looks up. Each layer has two biases, where
Keras and this project have one.
"""

import time
import warnings

import torch
from answer import Task, answer_requests

warnings.simplefilter("ignore")  # TorchScript is old, and still the fastest here.
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


class WordPoet(torch.nn.Module):
    """Of words, which have an embedding. With `cutoffs` the softmax is the adaptive one (Grave et al. 2017)."""

    def __init__(self, vocabulary: int, layers: int, neurons: int, embedding: int, cutoffs: list[int]):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, embedding)
        self.lstm = torch.nn.LSTM(embedding, neurons, layers)
        if cutoffs:
            self.head = torch.nn.AdaptiveLogSoftmaxWithLoss(neurons, vocabulary, cutoffs, head_bias=True)
        else:
            self.head = torch.nn.Linear(neurons, vocabulary)

    def forward(self, ids, targets):
        """ids and targets: [time, batch]; the mean loss"""
        hidden, _ = self.lstm(self.embedding(ids))
        read = hidden.flatten(0, 1)
        if isinstance(self.head, torch.nn.Linear):
            return torch.nn.functional.cross_entropy(self.head(read), targets.flatten())
        return self.head(read, targets.flatten()).loss


def words(
    vocabulary: int,
    layers: int,
    neurons: int,
    embedding: int,
    cutoffs: list[int],
    time: int,
    batch: int,
    precision: str,
) -> Task:
    """Words are drawn as in bench/training/words-drawn.ts."""
    poet = WordPoet(vocabulary, layers, neurons, embedding, cutoffs)
    parameters = list(poet.parameters())
    optimizer = torch.optim.Adam(parameters, lr=1e-3, fused=True)
    power = 1 - 1.15
    ranks = (1 - torch.rand(2, time, batch) * (1 - (vocabulary + 1) ** power)) ** (1 / power)
    ids, targets = (ranks.long() - 1).clamp(0, vocabulary - 1)

    def run() -> float:
        torch.set_num_threads(all_threads)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            loss = poet(ids, targets)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 0.2, foreach=True)
        optimizer.step()
        return loss.item()

    return Task(run, {"weights": sum(parameter.numel() for parameter in parameters)})


class Cells(torch.nn.Module):
    """The network for one character at a time, whose cells TorchScript calls: often faster than the LSTM layer."""

    def __init__(self, vocabulary: int, layers: int, neurons: int):
        super().__init__()
        self.register_buffer("rows", torch.eye(vocabulary))
        inputs = [vocabulary] + [neurons] * (layers - 1)
        self.cells = torch.nn.ModuleList(torch.nn.LSTMCell(width, neurons) for width in inputs)
        self.head = torch.nn.Linear(neurons, vocabulary)

    def forward(self, ids, state: tuple[torch.Tensor, torch.Tensor]):
        """ids: [1, 1]; both parts of the state: [layers, 1, neurons]"""
        below = torch.nn.functional.embedding(ids[0], self.rows)
        hiddens, memories = [], []
        for layer, cell in enumerate(self.cells):
            below, memory = cell(below, (state[0][layer], state[1][layer]))
            hiddens.append(below)
            memories.append(memory)
        return self.head(below), (torch.stack(hiddens), torch.stack(memories))


def generation(vocabulary: int, layers: int, neurons: int, length: int) -> Task:
    """Writes by the LSTM layer or by scripted cells, with one thread or all, whichever is fastest here."""
    shape = (vocabulary, layers, neurons)
    poets = {
        "nn.LSTM": Poet(*shape).eval(),
        "scripted LSTMCells": torch.jit.freeze(torch.jit.script(Cells(*shape).eval())),
    }

    def write(way: str, threads: int, count: int) -> float:
        torch.set_num_threads(threads)
        # Without oneDNN, which takes several times as long for a single character.
        with torch.inference_mode(), torch.backends.mkldnn.flags(enabled=False):
            ids = [torch.ones((1, 1), dtype=torch.int64)]
            state = (torch.zeros(layers, 1, neurons), torch.zeros(layers, 1, neurons))
            for _ in range(count):
                scores, state = poets[way](ids[-1], state)
                likely = torch.softmax(scores.flatten() / 0.8, 0)
                ids.append(torch.multinomial(likely, 1).view(1, 1))
            return len(torch.cat(ids[1:]).flatten().tolist())

    def seconds(choice: tuple[str, int]) -> float:
        write(*choice, 20)
        began = time.perf_counter()
        write(*choice, 100)
        return time.perf_counter() - began

    way, threads = min([(way, threads) for way in poets for threads in {1, all_threads}], key=seconds)
    facts = {"weights": poets["nn.LSTM"].weights(), "characters": length, "by": way, "threads": threads}
    return Task(lambda: write(way, threads, length), facts)


def matmul(size: int) -> Task:
    a, b = torch.rand(2, size, size)

    def run() -> float:
        torch.set_num_threads(all_threads)
        return torch.mm(a, b)[0, 0].item()

    return Task(run, {"operations": 2 * size**3})


answer_requests(
    {"step": step, "words": words, "generation": generation, "matmul": matmul},
    {"PyTorch": torch.__version__, "threads": all_threads},
)
