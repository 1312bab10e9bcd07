/** A notebook in the place of the project's kernel that keeps what it is sent, and in which somebody may answer. */
import type { Kernel } from "../../lib/show/kernel";

const kernelKey = Symbol.for("palimpsest.kernel");

/** `shown` has what was displayed since the test began; `answers` what is answered next, and nobody answers after that. */
export interface Conversation {
  shown: Record<string, string>[];
  answers: string[];
}

/** Puts such a notebook in its place for the tests of a suite. */
export function withAnswers(): Conversation {
  const conversation: Conversation = { shown: [], answers: [] };
  const kernel: Kernel = {
    display: (data) => void conversation.shown.push(data as Record<string, string>),
    ask: async (prompt) => {
      const answer = conversation.answers.shift();
      if (answer === undefined) throw new Error(`Nobody is there to answer \`${prompt}\``);
      return answer;
    },
  };
  before(() => void Object.assign(globalThis, { [kernelKey]: kernel }));
  beforeEach(() => void Object.assign(conversation, { shown: [], answers: [] }));
  after(() => void delete (globalThis as { [key: symbol]: unknown })[kernelKey]);
  return conversation;
}
