/** The script of the page: what is pressed and dropped goes to the worker, and what the worker tells is shown. */
import filterOverlay from "../lib/show/page/filter-in-page.cjs";
import { load } from "./beside/load";
import { computedBy } from "./computing/computing";
import { button, element } from "./view/elements";
import { LabelLists } from "./view/labels";
import { Losses } from "./view/loss-curve";
import type { ToPage, ToWorker } from "./messages";
import { Sheet } from "./view/sheet";
import { libraryFile, networkFile } from "./beside/names";
import { startWorker } from "./start-worker";

const sheet = new Sheet((text) => ask({ type: "predict", text, labels: labels.given }));
const labels = new LabelLists(() => sheet.changed());
const losses = new Losses();
const temperature = element("temperature", HTMLInputElement);
const length = element("length", HTMLInputElement);
const seed = element("seed", HTMLInputElement);
const file = element("file", HTMLInputElement);
const drop = element("drop", HTMLDivElement);
const written = element("written", HTMLDivElement);
const writingTold = element("writing-told", HTMLParagraphElement);
const learningTold = element("learning-told", HTMLParagraphElement);
const failed = element("failed", HTMLParagraphElement);
const writingFailed = element("writing-failed", HTMLParagraphElement);
const learningFailed = element("learning-failed", HTMLParagraphElement);

const write = button("write", () => begin());
const stopWriting = button("stop-writing", () => ask({ type: "stop-writing" }));
const again = button("again", () => void (lesson && learn(lesson)));
const stopLearning = button("stop-learning", () => ask({ type: "stop-learning" }));
const reset = button("reset", () => ask({ type: "reset" }));

/** What it learns from, to go on with it. */
let lesson: File | undefined;
/** Lessons that were asked for and have not begun, by their numbers. */
const coming = new Map<number, File>();
let asked = 0;
let isLearning = false;

const heard: { [Type in ToPage["type"]]: (message: Extract<ToPage, { type: Type }>) => void } = {
  opened({ layers, neurons, size, level, labels: known, computing }) {
    labels.offer(known);
    losses.unit = `nats a ${{ characters: "character", subwords: "piece of a word", words: "word" }[level]}`;
    element("waiting", HTMLParagraphElement).hidden = true;
    element("about", HTMLParagraphElement).append(
      ` ${layers} ${layers === 1 ? "layer" : "layers"} of ${neurons} LSTM units, ${size.toLocaleString("en")} weights.`,
    );
    element("computing", HTMLParagraphElement).textContent = computedBy(computing);
    file.disabled = write.disabled = false;
    document.body.dataset.ready = "";
    sheet.changed();
  },
  predicted({ text, words }) {
    sheet.predict(text, words);
  },
  piece({ writing, text }) {
    if (writing === writings) written.firstElementChild?.append(text);
  },
  written({ writing, overlay, told }) {
    if (writing !== writings) return;
    written.innerHTML = overlay;
    filterOverlay(written);
    writingTold.textContent = `Done: ${told}. Written by the seed ${usedSeed}.`;
    writes(false);
  },
  learning({ lesson: number, name, notices, characters, iterations }) {
    lesson = coming.get(number);
    coming.delete(number);
    learns(true);
    const told = `It learns on ${name}, ${characters.toLocaleString("en")} characters.`;
    learningTold.textContent = [
      told,
      ...notices.map((notice) => `${notice.replace(/[;,] name another by `encoding`$/, "")}.`),
    ].join(" ");
    losses.begin(iterations);
  },
  loss({ crossEntropy }) {
    losses.add(crossEntropy);
  },
  learned({ stopped }) {
    isLearning = false;
    if (coming.size > 0) return; // it goes on with another text
    learns(false);
    learningTold.textContent = `${stopped ? "Stopped" : "Done"}: ${losses.told}. What it writes now is in that manner.`;
    sheet.changed();
    if (!stopped) begin();
  },
  "was-reset"() {
    losses.end();
    lesson = undefined;
    again.hidden = reset.hidden = true;
    learningTold.textContent = "The network is as it came.";
    sheet.changed();
  },
  failed({ at, message, lesson: number, writing }) {
    if (at === "learn") return failToLearn(message, number);
    if (at !== "write") return fail(message);
    if (writing !== writings) return;
    writingFailed.textContent = message;
    writes(false);
  },
};

/** Comes up once the worker is there. */
const worker = startWorker<ToPage>(
  (message) => (heard[message.type] as (message: ToPage) => void)(message),
  fail,
);

function ask(message: ToWorker, transfer: Transferable[] = []): void {
  if (message.type !== "predict") failed.textContent = "";
  if (message.type === "write") writingFailed.textContent = "";
  void worker.then((one) => one.postMessage(message, transfer), fail);
}

/** Texts that it was asked to write; of all but the last what is still told comes too late. */
let writings = 0;
/** By which the last one is written. */
let usedSeed = 0;

function begin(): void {
  const manner = {
    temperature: temperature.valueAsNumber,
    length: numberIn(length),
    seed: (usedSeed = seed.value === "" ? Math.floor(Math.random() * 2 ** 32) : numberIn(seed)),
    labels: labels.given,
  };
  const stream = document.createElement("div");
  stream.className = "streaming";
  stream.dir = "auto";
  written.replaceChildren(stream);
  writingTold.textContent = "It writes …";
  writes(true);
  ask({ type: "write", writing: ++writings, text: sheet.text, manner });
}

function writes(does: boolean): void {
  if (does) element("result", HTMLElement).hidden = false;
  stopWriting.hidden = !does;
}

async function learn(given: File): Promise<void> {
  const number = ++asked;
  coming.set(number, given);
  learningFailed.textContent = "";
  if (!isLearning) learningTold.textContent = `It opens ${given.name} …`;
  try {
    const bytes = await given.arrayBuffer();
    ask({ type: "learn", lesson: number, name: given.name, bytes }, [bytes]);
  } catch {
    failToLearn(`${given.name} cannot be read: it is a folder, or was moved. Choose a file.`, number);
  }
}

/** What is learned already goes on. */
function failToLearn(message: string, number?: number): void {
  learningFailed.textContent = message;
  if (number !== undefined && !coming.delete(number)) isLearning = false;
  if (isLearning || coming.size > 0) return;
  learningTold.textContent = "";
  learns(false);
}

/** Takes what the visitor has chosen or dropped. */
function take(files: readonly File[]): void {
  const [given, ...others] = files;
  if (!given) return;
  if (file.disabled) {
    learningFailed.textContent = `The network is not here yet: give it ${given.name} again in a moment.`;
    return;
  }
  void learn(given);
  if (others.length > 0)
    learningFailed.textContent = `It learns on one file at a time: it takes ${given.name} and leaves ${others.length} more.`;
}

function learns(does: boolean): void {
  isLearning = does;
  stopLearning.hidden = !does;
  again.hidden = reset.hidden = does || !lesson;
}

/** A number that the visitor has typed, within its limits. */
function numberIn(input: HTMLInputElement): number {
  const value = Math.round(input.valueAsNumber || Number(input.defaultValue));
  const within = Math.min(Number(input.max), Math.max(Number(input.min), value));
  input.value = String(within);
  return within;
}

/** Before the network is there it is told at the top, beside what to do. */
function fail(reason: unknown): void {
  const place = document.body.dataset.ready === undefined ? element("trouble", HTMLElement) : failed;
  place.textContent = reason instanceof Error ? reason.message : String(reason);
}

function tellTemperature(): void {
  element("temperature-told", HTMLOutputElement).value = temperature.valueAsNumber.toFixed(2);
}

tellTemperature();
temperature.addEventListener("input", tellTemperature);
file.addEventListener("change", () => {
  take([...(file.files ?? [])]);
  file.value = ""; // so that the same one can be chosen again
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take([...(event.dataTransfer?.files ?? [])]);
});

/** The network first, because the texts are wanted only once something is written. */
async function open(): Promise<void> {
  ask({ type: "open", network: await load(networkFile) });
  ask({ type: "texts", library: await load(libraryFile).catch((error: Error) => error) });
}
open().catch(fail);
