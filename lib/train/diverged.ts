/** What a training ends with whose numbers have grown beyond all bounds, and where one can go on from. */
import { learningRate } from "./schedule";
import { tf, tidy, type Tensor } from "../network/tensorflow";
import { checkpointsIn } from "./saved/run-folder";
import type { Training } from "./training";

/**
 * A training has diverged: a loss, a gradient or a weight of it is NaN or infinite, and stays so whatever it reads. Nothing
 * of it was saved since.
 */
export class DivergedError extends Error {
  override readonly name = "DivergedError";

  private constructor(
    words: string,
    /** The training step of which it shows. */
    readonly iteration: number,
    /** In that step. */
    readonly learningRate: number,
    /** The newest checkpoint of the run, from before; undefined where there is none. */
    readonly checkpoint: string | undefined,
  ) {
    super(words);
  }

  /**
   * @param options.what is not finite, as the end of a sentence
   * @param options.iteration of the step; the last one
   * @param options.run the folder of the run, where there is one
   */
  static async of(
    { params, position }: Pick<Training, "params" | "position">,
    {
      what,
      iteration = position.iteration,
      run,
    }: { readonly what: string; readonly iteration?: number; readonly run?: string },
  ): Promise<DivergedError> {
    const rate = learningRate(params, Math.max(0, iteration - 1), position.history);
    const checkpoint = run === undefined ? undefined : (await checkpointsIn(run)).pop();
    const goOn = checkpoint
      ? `The last good checkpoint is ${checkpoint}: begin with its weights (\`--from\` in a shell, \`{ model: await loadModel(…) }\` in a notebook)`
      : "No checkpoint was written: begin anew";
    const { clipNorm } = params;
    const clipped = clipNorm > 0 ? `a lower \`clipNorm\` than ${clipNorm}` : "a `clipNorm` such as 0.2";
    return new DivergedError(
      `The training has diverged: at iteration ${iteration}, with a learning rate of ${+rate.toPrecision(3)}, ${what}. ` +
        `${goOn}, with a lower \`learningRate\` than ${params.learningRate}, a longer \`warmup\` than ${params.warmup} or ${clipped}.`,
      iteration,
      rate,
      checkpoint,
    );
  }
}

/** Whether all numbers of some tensors are finite: a number less itself is zero, unless it is NaN or infinite. */
export async function areFinite(tensors: readonly Tensor[]): Promise<boolean> {
  const difference = tidy(() => tf.addN(tensors.map((tensor) => tensor.sub(tensor).sum())));
  const [sum] = await difference.data();
  difference.dispose();
  return sum === 0;
}

/** The same of all that a network has learned. */
export async function weightsAreFinite({ model }: Pick<Training, "model">): Promise<boolean> {
  return areFinite(model.weights.variables);
}
