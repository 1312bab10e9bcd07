/** Learns on several threads and ends. */
import { openModule } from "../../../../lib/network/lstm/wasm/here";
import { learner } from "./calls";

learner(openModule(), { time: 3, batch: 6 })();
console.log("learned");
