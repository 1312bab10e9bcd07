/**
 * Loaded before other tests, it lets them run as on a machine with a GPU, on which cuDNN's operations are computed by hand:
 * what holds there of tensors left behind, of seeds and of checkpoints.
 */
import { runtime } from "../../../../lib/network/tensorflow";
import { standInForCudnn } from "./cudnn-by-hand";

if (runtime.kind === "native" && !runtime.gpu) {
  (runtime as { gpu: boolean }).gpu = true;
  standInForCudnn();
}
