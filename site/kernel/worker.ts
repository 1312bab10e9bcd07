/** The kernel in a worker of the page: the cells of `setup/kernel`, the library, and what a browser has in place of Node.js. */
import "../node/globals";
import * as library from "../../lib";
import * as wholeIdea from "../../lib/microlstm";
import { Cells } from "../../setup/kernel/cells";
import { reportThrown } from "../../setup/kernel/messages/report";
import { translateStackTraces } from "../../setup/kernel/messages/stack";
import { leaveSeam } from "../../setup/kernel/seam";
import * as page from "../../web/export";
import { computedBy } from "../../web/computing/computing";
import { startComputing } from "../../web/computing/start";
import { offer } from "../bundled";
import { OwnFiles } from "../disk/own";
import { printToStreams } from "./console";
import type { ToPage, ToWorker } from "./messages";
import { offered } from "./offered";
import { Server } from "./server";

const host = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: ToPage): void;
};
const send = (message: ToPage) => host.postMessage(message);

translateStackTraces();
offer({
  ...offered,
  "./lib": () => library,
  "./lib/microlstm": () => wholeIdea,
  "./web/export": () => page,
});
const cells = new Cells();
const server = new Server(cells, send);
const computing = startComputing().then((by) => {
  if (by.problem) server.warning = computedBy(by);
});
leaveSeam(server);
printToStreams();
const own = new OwnFiles((changes) => send({ type: "files", changes }));

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  console.error(`Uncaught ${reportThrown(event.reason).traceback.join("\n")}`);
});

host.onmessage = ({ data }) => {
  switch (data.type) {
    case "files":
      return own.take(data.changes);
    case "reply":
      return server.hearAnswer(data.value);
    case "interrupt":
      return server.interrupt();
    default:
      void computing
        .then(() => server.answer(data))
        .then((content) => {
          own.tell();
          send({ type: "answer", id: data.id, content });
        });
  }
};

// TypeScript reads the library's declarations now, and not in the first cell.
cells.executor.complete('import * as library from "./lib"; library', 0);
send({ type: "ready" });
