/** Trains a few steps, writes a little and prints as JSON how that went: for a process without native TensorFlow. */
import { write } from "../../lib/generate/generate";
import { runtime, tf } from "../../lib/network/tensorflow";
import { Training } from "../../lib/train/training";
import { eventsOf, smallLibrary, smallParams } from "../train/small";

async function main(): Promise<void> {
  const training = await Training.start(smallLibrary(), { ...smallParams, dropout: 0.1, learningRate: 0.02 });
  const events = await eventsOf(training, { sampleEvery: 0, logEvery: 5 });
  const losses = events.flatMap((event) => (event.type === "step" ? [event.crossEntropy] : []));
  const text = await write(training.model, { length: 5 });
  const { name } = training.model.implementation;
  console.log(
    JSON.stringify({ kind: runtime.kind, backend: tf.getBackend(), name, losses, written: text.length }),
  );
}

void main();
