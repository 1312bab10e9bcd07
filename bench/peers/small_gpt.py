"""A small transformer (Radford et al. 2019, GPT-2): learned positions, blocks that normalise before they compute, no biases.

The head shares the rows of the characters. Weights begin normal with deviation 0.02, those that lead back into the stream with
0.02 / sqrt(2 × layers).
"""

import math

import torch
from torch.nn import functional as F


class Block(torch.nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.before_attention = torch.nn.LayerNorm(width, bias=False)
        self.attend = torch.nn.Linear(width, 3 * width, bias=False)
        self.attended = torch.nn.Linear(width, width, bias=False)
        self.before_thought = torch.nn.LayerNorm(width, bias=False)
        self.think = torch.nn.Linear(width, 4 * width, bias=False)
        self.thought = torch.nn.Linear(4 * width, width, bias=False)

    def forward(self, stream):
        """stream: [batch, time, width]"""
        batch, time, width = stream.shape
        by_head = self.attend(self.before_attention(stream)).view(batch, time, 3, self.heads, width // self.heads)
        query, key, value = by_head.permute(2, 0, 3, 1, 4)  # [batch, heads, time, width / heads] each
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        stream = stream + self.attended(seen.transpose(1, 2).reshape(batch, time, width))
        return stream + self.thought(F.gelu(self.think(self.before_thought(stream))))


class SmallGpt(torch.nn.Module):
    def __init__(self, vocabulary: int, width: int, layers: int, heads: int, context: int):
        super().__init__()
        self.characters = torch.nn.Embedding(vocabulary, width)
        self.places = torch.nn.Embedding(context, width)
        self.blocks = torch.nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.normalise = torch.nn.LayerNorm(width, bias=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                back = name.endswith(("attended.weight", "thought.weight"))
                torch.nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * layers) if back else 0.02)

    def forward(self, ids):
        """ids: [batch, time]; the scores are [batch, time, vocabulary]"""
        stream = self.characters(ids) + self.places.weight[: ids.shape[1]]
        for block in self.blocks:
            stream = block(stream)
        return self.normalise(stream) @ self.characters.weight.T
