"""Opens a file with Keras alone, and prints its outputs for ids; with a second file, builds networks and saves them there."""

import json
import sys

import keras
import numpy

if sys.argv[1] == "open":
    model = keras.models.load_model(sys.argv[2])
    ids = numpy.array(json.loads(sys.argv[3]), dtype="int32")
    print(json.dumps(numpy.array(model(ids)).tolist()))
elif sys.argv[1] == "write-halves":
    keras.config.set_dtype_policy(sys.argv[4])
    layers = [
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(7, 5, embeddings_initializer="random_normal"),
        # Keras draws no orthogonal matrix in half precision.
        keras.layers.LSTM(4, return_sequences=True, recurrent_initializer="glorot_uniform"),
        keras.layers.TimeDistributed(keras.layers.Dense(7)),
    ]
    model = keras.Sequential(layers)
    model.save(sys.argv[2])
    given = numpy.array(json.loads(sys.argv[3]), dtype="int32")
    print(json.dumps(numpy.array(model(given)).astype("float32").tolist()))
else:
    ids = keras.Input((None,), dtype="int32")
    rows = keras.layers.Embedding(7, 5, embeddings_initializer="random_normal")(ids)
    first = keras.layers.LSTM(4, return_sequences=True, use_bias=False)(rows)
    read = keras.layers.Concatenate()([rows, keras.layers.Dropout(0.3)(first)])
    second = keras.layers.LSTM(4, return_sequences=True, bias_initializer="random_normal")(read)
    scores = keras.layers.Dense(7)(keras.layers.Concatenate()([second, first]))
    model = keras.Model(ids, scores)
    model.save(sys.argv[2])
    given = numpy.array(json.loads(sys.argv[3]), dtype="int32")
    print(json.dumps(numpy.array(model(given)).tolist()))
