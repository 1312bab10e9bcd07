/** A thread of the module in a page: a worker of the page's worker (`page-threads.ts`), which is told once what to serve. */
import { serve } from "../../lib/network/lstm/wasm/thread.cjs";

self.onmessage = ({ data }: MessageEvent<Parameters<typeof serve>[0]>) => serve(data);
