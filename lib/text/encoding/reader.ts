/** A text read piece by piece, once its encoding is known: the words, and at the end what the reader should know of them. */
import type { CharacterDecoder } from "./character-decoder";
import { decoderOf } from "./decoder";
import type { Judgement } from "./judge";
import { nameOf } from "./names";
import { Normaliser } from "./normalise";

export interface ReaderOptions {
  /** What notices call the file. */
  readonly name: string;
  /** Keeps line ends, control characters and all else as they stand, so that places are those of the file (default: false). */
  readonly asItStands?: boolean;
}

export class TextReader {
  private readonly decoder: CharacterDecoder;
  private readonly normaliser = new Normaliser();
  private mark: number;

  constructor(
    private readonly judgement: Judgement,
    private readonly options: ReaderOptions,
  ) {
    this.decoder = decoderOf(judgement.label);
    this.mark = judgement.mark;
  }

  /**
   * @param chunk the next bytes
   * @param isLast whether nothing follows: where no bytes are given, or with the last of them
   */
  read(chunk?: Uint8Array, isLast = !chunk): string {
    const bytes = chunk?.subarray(this.mark);
    this.mark -= Math.min(this.mark, chunk?.length ?? 0);
    let text = this.decoder.read(bytes);
    let { bad } = this.decoder;
    if (chunk && isLast) {
      const before = [...bad];
      const { length } = text;
      text += this.decoder.read();
      bad = before.concat(this.decoder.bad.map((place) => place + length));
    }
    const words = this.normaliser.read(text, { isLast, bad });
    return this.options.asItStands ? text : words;
  }

  /** After the end. */
  notices(): string[] {
    const { label, notices } = this.judgement;
    const { name, asItStands } = this.options;
    const changes = changesIn(this.normaliser, name, label);
    return [
      ...notices,
      ...(asItStands ? changes.slice(0, this.normaliser.unread.count > 0 ? 1 : 0) : changes),
    ];
  }
}

/** What was changed in a text, each a sentence; that which could not be read comes first. */
export function changesIn(
  { unread, removed, firstRemoved, wasApart }: Normaliser,
  name: string,
  label?: string,
): string[] {
  const notices: string[] = [];
  if (unread.count > 0) {
    const isOne = unread.count === 1;
    const halves = isOne ? "1 half of a character" : `${unread.count} halves of characters`;
    const places = isOne ? "1 place" : `${unread.count} places`;
    const line = `${isOne ? "" : "the first "}in line ${unread.line}`;
    notices.push(
      label === undefined
        ? `${halves} in ${name}, ${line}, became U+FFFD`
        : `${places} in ${name}, ${line}, cannot be read as ${nameOf(label)} and became U+FFFD`,
    );
  }
  if (removed.count > 0) {
    const first = `${firstRemoved} in line ${removed.line}`;
    notices.push(
      removed.count === 1
        ? `1 control character in ${name}, ${first}, was left out`
        : `${removed.count} control characters in ${name}, the first ${first}, were left out`,
    );
  }
  if (wasApart)
    notices.push(`letters and accents that stand apart in ${name} (as in Unicode's NFD) were put together`);
  return notices;
}
