/**
 * A dialogue with a network: a line is a command or is read, and then the network writes some sentences. It remembers all
 * that was said until a reset. How it looks is for `lib/show/talk.ts`.
 */
import { checkWhole, OptionError } from "../base/option-error";
import type { Model } from "../network/model";
import { MARK } from "../text/tokens/vocabulary";
import { completeWriting, goOn } from "./generate";
import { derivedSeed } from "./many";
import { sentenceEnd } from "./sentences";
import { Writer } from "./writer";

/** What can also be changed while one talks, by a line like `temperature=0.8`. */
export interface DialogueSettings {
  /** Below 1 more cautious, above 1 wilder (default: 0.6). */
  readonly temperature: number;
  /** Only the `topK` likeliest tokens can come; 0 is all. */
  readonly topK: number;
  /** Only the likeliest tokens that together have this probability can come; 1 is all. */
  readonly topP: number;
  /** After so many sentences an answer ends (default: 3). */
  readonly sentences: number;
  /** But not before it has so many UTF-16 units (default: 64). */
  readonly minLength: number;
  /** And at the latest after so many characters (default: 500). */
  readonly maxLength: number;
  /** The same lines get the same answers from the same seed (default: 1). */
  readonly seed: number;
}

export interface DialogueOptions extends DialogueSettings {
  /**
   * What is read before and after a line that is said; a blank line, as between the paragraphs of a novel, or the mark
   * where the network writes short texts. With "" the answer goes on in the middle of the line's last sentence.
   */
  readonly between: string;
  /** As what the answers are written, by a network that was told of its texts: { author: "Bashō" } (default: nothing). */
  readonly labels: Readonly<Record<string, string>>;
}

const dialogueDefaults: Readonly<DialogueSettings> = {
  temperature: 0.6,
  topK: 0,
  topP: 1,
  sentences: 3,
  minLength: 64,
  maxLength: 500,
  seed: 1,
};

/** What the network wrote, what there is to say of a command, or that the dialogue is over. */
export type Reply = { readonly line: string } & (
  | { readonly type: "answer"; readonly text: string; readonly temperature: number }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "end"; readonly text: string }
);

/**
 * Understands `bye`, `reset` and settings like `temperature=0.8`; any other line is said to the network, and after an empty
 * one it goes on where it ended.
 *
 * @example
 * const dialogue = new Dialogue(model, { temperature: 0.5 });
 * const { text } = await dialogue.say("Who is Mr. Darcy?");
 * dialogue.dispose();
 */
export class Dialogue {
  private settings: DialogueSettings;
  private readonly between: string;
  private readonly writer: Writer;
  /** How many answers were given since the beginning or the last reset. */
  private answers = 0;

  /** @throws where an option or a label is unknown, or out of range */
  constructor(model: Model, { between, labels, ...settings }: Partial<DialogueOptions> = {}) {
    this.settings = completeSettings(settings);
    this.between = between ?? (model.vocabulary.mark === undefined ? "\n\n" : MARK);
    this.writer = new Writer(model, labels);
  }

  async say(line: string): Promise<Reply> {
    const said = line.trim();
    if (said === "bye") return { line, type: "end", text: "Goodbye!" };
    if (said === "reset") {
      this.reset();
      return { line, type: "notice", text: "All that was said is forgotten." };
    }
    const setting = /^([a-z]\w*)\s*=(.*)$/i.exec(said);
    if (setting) return { line, type: "notice", text: this.set(setting[1], setting[2].trim()) };
    if (said) {
      const isAfterMark = this.between === MARK && this.writer.behindMark;
      this.writer.read(`${isAfterMark ? "" : this.between}${said}${this.between}`);
    }
    return { line, type: "answer", text: await this.answer(), temperature: this.settings.temperature };
  }

  /** Forgets what was said; the settings stay. The same lines then get the same answers again. */
  reset(): void {
    this.writer.reset();
    this.answers = 0;
  }

  /** Frees the memory of what was said; the model stays. */
  dispose(): void {
    this.writer.dispose();
  }

  /** @returns what there is to say of it */
  private set(name: string, value: string): string {
    const there = Object.entries(this.settings).map(([name, value]) => `${name}=${value}`);
    if (!Object.hasOwn(dialogueDefaults, name)) {
      return `There is no setting \`${name}\`; there are ${there.join(", ")}; and the commands bye and reset.`;
    }
    try {
      if (!/^-?(\d+\.?\d*|\.\d+)$/.test(value)) throw new OptionError(name, "as a number", `"${value}"`);
      this.settings = completeSettings({ ...this.settings, [name]: Number(value) });
      return `From now on, ${name}=${Number(value)}.`;
    } catch (error) {
      return `${(error as Error).message}; it stays ${this.settings[name as keyof DialogueSettings]}.`;
    }
  }

  private async answer(): Promise<string> {
    const { sentences, minLength, maxLength, seed, ...choice } = this.settings;
    const writing = { ...choice, length: maxLength, seed: derivedSeed(seed, this.answers++) };
    let text = "";
    for await (const piece of goOn(this.writer, writing)) {
      const end = answerEnd(text + piece, sentences, minLength);
      if (end !== undefined) {
        const kept = piece.slice(0, Math.max(0, end - text.length));
        this.writer.keep(kept);
        return (text + kept).trim();
      }
      text += piece;
    }
    return text.trim();
  }
}

/** Where an answer ends, if it does: after so many sentences, or with the first after them that makes it long enough. */
function answerEnd(text: string, sentences: number, minLength: number): number | undefined {
  for (let count = sentences; ; count++) {
    const end = sentenceEnd(text, count);
    if (end === undefined || text.slice(0, end).trim().length >= minLength) return end;
  }
}

function completeSettings(given: Partial<DialogueSettings>): DialogueSettings {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(dialogueDefaults, name)) continue;
    const names = ["between", "labels", ...Object.keys(dialogueDefaults)].join(", ");
    throw new Error(`Unknown option \`${name}\`; there are ${names}`);
  }
  const settings = { ...dialogueDefaults, ...given };
  const { temperature, topK, topP, seed } = settings;
  completeWriting({ temperature, topK, topP, seed });
  const { sentences, minLength, maxLength } = settings;
  checkWhole({ sentences, maxLength }, 1);
  checkWhole({ minLength });
  return settings;
}
