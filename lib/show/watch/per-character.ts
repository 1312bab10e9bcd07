/** Losses in validation so that networks of all kinds of tokens can be compared: in nats a character. */
import type { ValidationEvent } from "../../train/events";
import { nats } from "../style/numbers";

type Loss = Pick<ValidationEvent, "crossEntropy" | "perCharacter">;

/** Nats a character: those of a token, where tokens are characters. */
export function perCharacter({ perCharacter, crossEntropy }: Loss): number {
  return perCharacter ?? crossEntropy;
}

/** Whether tokens are longer than characters, of which a few may have two UTF-16 units. */
export function hasLongTokens(loss: Loss): boolean {
  return perCharacter(loss) < 0.9 * loss.crossEntropy;
}

/**
 * @example validationLoss({ crossEntropy: 1.9011 }) // "1.901"
 * @example validationLoss({ crossEntropy: 3.6, perCharacter: 1.2 }) // "3.600 (1.200 a character)"
 */
export function validationLoss(loss: Loss): string {
  const told = nats(loss.crossEntropy);
  return hasLongTokens(loss) ? `${told} (${nats(perCharacter(loss))} a character)` : told;
}
