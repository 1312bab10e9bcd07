/** A program that watches a training in a terminal; `watch.test.ts` reads what it prints. */
import { watch } from "../../../lib/show/watch/watch";
import { book, tell, wholeTraining } from "../told";

void watch(tell(wholeTraining), { training: [book] });
