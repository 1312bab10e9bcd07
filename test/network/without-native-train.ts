/** Trains a few steps, writes a little and prints as JSON how that went: for a process without native TensorFlow. */
import { write } from "../../lib/generate/generate";
import { runtime, tf } from "../../lib/network/tensorflow";
import { Training } from "../../lib/train/training";
import { lossesOf, smallLibrary, smallParams } from "../train/small";

async function main(): Promise<void> {
  const params = { ...smallParams, learningRate: 0.02 };
  const training = await Training.start(smallLibrary(), { ...params, dropout: 0.1 });
  const losses = await lossesOf(training);
  const text = await write(training.model, { length: 40 });
  const { name } = training.model.implementation;
  const whole = await lossesOf(await Training.start(smallLibrary(), params));
  const told = { kind: runtime.kind, backend: tf.getBackend(), name, losses, whole, text };
  console.log(JSON.stringify(told));
}

void main();
