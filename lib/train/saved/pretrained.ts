/** The network that comes with the project, to begin from: what it has read and how well, `pretrained/README.md` says. */
import type { Implementation } from "../../network/implementation";
import type { Model } from "../../network/model";
import { readModel } from "./model-file";
import { pretrainedFile } from "./places";

/**
 * Two layers of 384 neurons that write English. Whoever trains on from it begins where it ends, and needs a small text only.
 *
 * @example const training = await Training.start(library, { iterations: 300 }, { model: await pretrained() });
 */
export async function pretrained(implementation?: Implementation): Promise<Model> {
  return (await readModel(pretrainedFile, implementation)).model;
}
