/** A real HTTP server on loopback, which serves what a test tells it to, and a real folder that goes when the test ends. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Server {
  /** Without a slash at the end. */
  readonly url: string;
  /** The paths asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export async function serve(handler: Handler): Promise<Server> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url as string);
    void handler(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Serves some files by their paths, "/a/b.txt", and 404 for all else. */
export function files(contents: Record<string, string | Buffer>): Handler {
  return (request, response) => {
    const content = contents[request.url as string];
    if (content === undefined) response.writeHead(404).end("not here");
    else
      response
        .writeHead(200, { "content-type": "text/plain", "content-length": Buffer.byteLength(content) })
        .end(content);
  };
}

/** Serves a folder of the disk. */
export function folder(root: string): Handler {
  return async (request, response) => {
    const content = await readFile(path.join(root, request.url as string)).catch(() => undefined);
    if (content) response.writeHead(200, { "content-length": content.length }).end(content);
    else response.writeHead(404).end();
  };
}

/** Runs a test with a server and an empty folder. */
export async function withServer(
  handler: Handler,
  test: (server: Server, scratch: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (scratch) => {
    const server = await serve(handler);
    try {
      await test(server, scratch);
    } finally {
      await server.close();
    }
  });
}

export async function withFolder(test: (scratch: string) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), "palimpsest-"));
  try {
    await test(scratch);
  } finally {
    await rm(scratch, { recursive: true });
  }
}
