/** The script of the explorable: the screens one after another, and between them and the network the worker. */
import { load } from "../../web/beside/load";
import { startWorker } from "../../web/start-worker";
import { element } from "../../web/view/elements";
import { computedBy, type Computing } from "../../web/computing/computing";
import type { ToPage, ToWorker } from "./messages";
import { BetScreen } from "./screens/bet";
import { ChangeScreen } from "./screens/change";
import { CompareScreen } from "./screens/compare";
import { InsideScreen } from "./screens/inside";
import { ReadScreen } from "./screens/read";
import { WatchScreen } from "./screens/watch";
import type { Bet } from "./run";
import type { Settings } from "./settings";
import { Story } from "./story";
import { Steps } from "./view/steps";
import { unpackShelf, shelfFile } from "./packed-shelf";

async function open(): Promise<void> {
  const story = new Story(unpackShelf(await load(shelfFile)));
  const steps = new Steps((name) => shown[name]?.show());
  const worker = startWorker<ToPage>((message) => hear(message), fail);
  const ask = (message: ToWorker) => void worker.then((one) => one.postMessage(message), fail);

  const begin = (settings?: Settings, made?: Bet) => {
    const run = story.begin(settings, made);
    ask({
      type: "read",
      order: { run: run.number, texts: run.texts, own: story.own, settings: run.settings },
    });
    watch.begin(run);
    change.turnTo(run);
    steps.show("watch");
  };
  const read = new ReadScreen(story, () => steps.show("bet"));
  const bet = new BetScreen(story, (made) => begin(undefined, made));
  const watch = new WatchScreen(story, {
    done: () => steps.show(story.run?.bet === undefined ? "change" : "compare"),
    stop: () => ask({ type: "stop" }),
    ready: () => steps.open("compare"),
  });
  const compare = new CompareScreen(story, () => steps.show("inside"));
  const inside = new InsideScreen(story, () => steps.show("change"));
  const change = new ChangeScreen(story, {
    again: begin,
    rewrite: (run, temperature) => ask({ type: "write", run: run.number, temperature }),
  });
  const shown: Record<string, { show(): void }> = { read, bet, compare, inside, change };

  const hear = (message: ToPage) => {
    if (message.type === "ready") return tellComputing(message.computing);
    if (message.type === "failed") return fail(new Error(message.message));
    const run = story.runs[message.run];
    if (message.type === "rewritten") return change.rewritten(run, message.samples);
    if (run !== story.run) return; // given up for the newest one
    if (message.type === "look") {
      run.looks.push(message.look);
      watch.look(run);
    } else {
      run.state = message.stopped ? "stopped" : "finished";
      watch.end(run);
    }
  };
}

function tellComputing(computing: Computing): void {
  element("computing", HTMLParagraphElement).textContent = computedBy(computing);
  document.body.dataset.ready = "";
}

function fail(reason: unknown): void {
  element("failed", HTMLParagraphElement).textContent =
    reason instanceof Error ? reason.message : String(reason);
}

open().catch(fail);
