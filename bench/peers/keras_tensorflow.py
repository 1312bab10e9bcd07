"""The same network in Keras on TensorFlow. Without XLA, which is slower here."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf
from answer import Task, answer_requests


def poet(vocabulary: int, layers: int, neurons: int, batch: int, time: int, stateful: bool = False):
    """Reads ids, [batch, time]; gives scores, [batch, time, vocabulary]."""
    ids = keras.Input((time,), batch_size=batch, dtype="int32")
    hidden = keras.layers.Embedding(vocabulary, vocabulary, "identity", trainable=False)(ids)
    for _ in range(layers):
        hidden = keras.layers.LSTM(neurons, return_sequences=True, stateful=stateful)(hidden)
    return keras.Model(ids, keras.layers.Dense(vocabulary)(hidden))


def weights(model) -> int:
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def step(vocabulary: int, layers: int, neurons: int, time: int, batch: int, precision: str) -> Task:
    model = poet(vocabulary, layers, neurons, batch, time)
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3, global_clipnorm=0.2),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,
    )
    ids, targets = (tf.constant(each) for each in np.random.randint(vocabulary, size=(2, batch, time), dtype=np.int32))
    return Task(lambda: model.train_on_batch(ids, targets), {"weights": weights(model)})


def generation(vocabulary: int, layers: int, neurons: int, length: int) -> Task:
    model = poet(vocabulary, layers, neurons, 1, 1, stateful=True)

    @tf.function(jit_compile=False)
    def write_on(id):
        scores = model(id, training=False)[:, 0]
        return tf.random.categorical(scores / 0.8, 1, dtype=tf.int32)

    def run() -> int:
        id = tf.ones((1, 1), tf.int32)
        for layer in model.layers:
            if isinstance(layer, keras.layers.LSTM):
                layer.reset_state()
        written = []
        for _ in range(length):
            id = write_on(id)
            written.append(id.numpy().item())
        return len(written)

    return Task(run, {"weights": weights(model), "characters": length})


answer_requests(
    {"step": step, "generation": generation},
    {"Keras": keras.__version__, "TensorFlow": tf.__version__},
)
