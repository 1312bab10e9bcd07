/** A port of this machine on which nobody listens. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** It may be taken by another one before it is used, which hardly ever happens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
