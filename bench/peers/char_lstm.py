"""A network of characters in PyTorch as one would write it there: an embedding, its LSTM, dropout, a head."""

import math

import torch


class CharLstm(torch.nn.Module):
    """`embedding` 0 reads characters as rows of the identity matrix, which PyTorch looks up."""

    def __init__(self, vocabulary: int, neurons: int, layers: int, embedding: int, dropout: float):
        super().__init__()
        rows = (
            torch.nn.Embedding(vocabulary, embedding)
            if embedding
            else torch.nn.Embedding.from_pretrained(torch.eye(vocabulary))
        )
        self.rows = rows
        between = dropout if layers > 1 else 0.0
        self.lstm = torch.nn.LSTM(embedding or vocabulary, neurons, layers, dropout=between)
        self.dropout = torch.nn.Dropout(dropout)
        self.head = torch.nn.Linear(neurons, vocabulary)

    def forward(self, ids, state=None):
        """ids: [time, batch]; the scores are [time, batch, vocabulary]"""
        hidden, state = self.lstm(self.rows(ids), state)
        return self.head(self.dropout(hidden)), state

    @torch.no_grad()
    def begin_as_ours(self) -> None:
        """The limits of lib/network/initial-weights.ts; PyTorch's second bias stays 0."""
        unit = 1 / math.sqrt(self.lstm.hidden_size)
        for layer in range(self.lstm.num_layers):
            reach = 2 * unit
            if layer == 0:
                reach = 2.5 / math.sqrt(self.rows.embedding_dim) if self.rows.weight.requires_grad else 2.5
            getattr(self.lstm, f"weight_ih_l{layer}").uniform_(-reach, reach)
            getattr(self.lstm, f"weight_hh_l{layer}").uniform_(-unit, unit)
            bias = getattr(self.lstm, f"bias_ih_l{layer}").zero_()
            bias[self.lstm.hidden_size : 2 * self.lstm.hidden_size] = 1  # input, forget, cell, output
            getattr(self.lstm, f"bias_hh_l{layer}").zero_()
        self.head.weight.uniform_(-3 * unit, 3 * unit)
        self.head.bias.zero_()
