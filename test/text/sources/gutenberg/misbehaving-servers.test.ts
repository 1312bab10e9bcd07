import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import path from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { DownloadError } from "../../../../lib/text/sources/fetch";
import { downloadBook } from "../../../../lib/text/sources/gutenberg/download";
import { readSource } from "../../../../lib/text/sources/sources";
import { withServer } from "../../server";

const HEAD =
  "The Project Gutenberg EBook of Seven\n\nTitle: Seven\n\nRelease Date: May, 2001  [EBook #7]\n\n";
const START = "*** START OF THE PROJECT GUTENBERG EBOOK SEVEN ***\n";
const END = "*** END OF THE PROJECT GUTENBERG EBOOK SEVEN ***\n";
const STORY = "It was a bright cold day, and nobody was about.\n".repeat(200);
const BOOK = HEAD + START + STORY + END + "\nThe licence.\n";
const CUT = BOOK.slice(0, 5000);
const PLAIN = STORY + "And that was all.\n";
const PAGE = "<html><head><title>Sorry</title></head><body>Not here.</body></html>";

const quick = { backOff: 1, timeout: 150, maxTime: 600, maxBytes: 2 ** 20, retries: 1 };

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A well-formed answer with a length. */
function sends(content: string | Buffer, head: Record<string, string> = {}, status = 200): Answer {
  return (response) =>
    void response
      .writeHead(status, {
        "content-type": "text/plain",
        "content-length": Buffer.byteLength(content),
        ...head,
      })
      .end(content);
}

/** An answer whose end is where the connection ends, without an error, as servers of HTTP/1.0 give them. */
function closes(
  content: string | Buffer,
  head = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n",
): Answer {
  return (response) => {
    const socket = response.socket as Socket;
    socket.write(head);
    socket.end(content);
  };
}

/** What comes in pieces, of which each is sent for itself. */
function sendsInPieces(content: string, size: number): Answer {
  return (response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    const send = (at: number) => {
      if (at >= content.length) response.end();
      else response.write(content.slice(at, at + size), () => setTimeout(send, 1, at + size));
    };
    send(0);
  };
}

function redirects(to: string, status = 302): Answer {
  return (response) => void response.writeHead(status, { location: to }).end();
}

/** Neither a book nor a text of any other address. */
const never: Record<string, Answer> = {
  "a page that says it is one": sends(PAGE, { "content-type": "text/html; charset=utf-8" }),
  "a page that says it is plain text": sends(PAGE),
  "a page behind a comment": sends(`<!-- error 17 -->\n${PAGE}`),
  "a page behind several comments": sends(`<!-- a -->\n<!--\n b\n-->\n${PAGE}`),
  "a page behind an XML declaration": sends(`<?xml version="1.0" encoding="utf-8"?>\n${PAGE}`),
  "a page behind a byte order mark": sends(`\ufeff${PAGE}`),
  "a page behind 300 spaces": sends(" ".repeat(300) + PAGE),
  "a page behind 3,000 line feeds": sends("\n".repeat(3000) + PAGE),
  "a page that begins with its head": sends("<head><title>Sorry</title></head><body>No.</body>"),
  "a page that begins with its body": sends("<BODY bgcolor=white>No.</BODY>"),
  "a page that begins with its title": sends("<title>Sorry</title><p>No.</p>"),
  "a page that begins with a heading": sends("<h1>Service Unavailable</h1>"),
  "a page that begins with a script": sends("<script>location = '/login'</script>"),
  "a page in pieces": sendsInPieces(PAGE, 3),
  "a page in UTF-16": sends(Buffer.from(`\ufeff${PAGE}`, "utf16le")),
  "a page in XHTML": sends(PAGE, { "content-type": "application/xhtml+xml" }),
  "an error in XML": sends('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
  "an error in JSON": sends('{"error": "rate limited", "code": 429}'),
  "an error in JSON that says what it is": sends('{"message": "no"}', { "content-type": "application/json" }),
  "a list in JSON": sends('[{"error": "rate limited"}]'),
  "a picture": sends(Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1")),
  "a PDF file": sends("%PDF-1.7\n1 0 obj\n"),
  "a zip archive": sends(Buffer.from("PK\x03\x04\x14\0\0\0\x08\0", "latin1")),
  "bytes of nothing": sends(Buffer.alloc(2000)),
  "a program": sends(Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0\x3e\0", "latin1")),
  "an empty file": sends(""),
  "nothing at all": (response) => response.socket?.destroy(),
  "a status without a content": sends("", {}, 204),
  "a part that was not asked for": sends(BOOK, { "content-range": "bytes 0-99/100000" }, 206),
  "a part without a range": sends(BOOK, {}, 206),
  "an answer of many statuses": sends(BOOK, {}, 207),
  "an error with a text": sends(BOOK, {}, 500),
  "a refusal with a text": sends(BOOK, {}, 403),
  "a status that nobody knows": sends(BOOK, {}, 299),
  "less than it said": (response) => {
    response.writeHead(200, { "content-length": Buffer.byteLength(BOOK) + 1000 });
    response.write(BOOK, () => response.socket?.end());
  },
  "a part, then an error": (response) => {
    response.writeHead(200);
    response.write(CUT, () => response.destroy());
  },
  "a chunk that has no end": closes(
    `ffff\r\n${CUT}`,
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
  ),
  "chunks without the last": closes(
    `${CUT.length.toString(16)}\r\n${CUT}\r\n`,
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
  ),
  "chunks that are none": closes(BOOK, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
  "half of a packed answer": sends(gzipSync(BOOK).subarray(0, 100), { "content-encoding": "gzip" }),
  "a packed answer that is none": sends(BOOK, { "content-encoding": "gzip" }),
  "an answer packed by brotli": sends(brotliCompressSync(BOOK), { "content-encoding": "br" }),
  "an answer packed by deflate": sends(deflateSync(BOOK), { "content-encoding": "deflate" }),
  "an answer packed twice": sends(gzipSync(gzipSync(BOOK)), { "content-encoding": "gzip, gzip" }),
  "a packed page": sends(gzipSync(PAGE), { "content-encoding": "gzip" }),
  "a part of a packed file": sends(gzipSync(BOOK).subarray(0, 100)),
  "a redirect to a data address": redirects(`data:text/plain,${encodeURIComponent(BOOK)}`),
  "a redirect to a file": redirects("file:///etc/hostname"),
  "a redirect to itself": (response, request) => redirects(request.url as string)(response, request),
  "a redirect to nowhere": redirects("http://127.0.0.1:1/"),
  "a redirect without an address": (response) => void response.writeHead(302).end(),
  "a redirect to a page": (response, request) =>
    (request.url?.endsWith("/login") ? sends(PAGE) : redirects("/login"))(response, request),
  silence: () => undefined,
  "a head and then silence": (response) => void response.writeHead(200).flushHeaders(),
  "a part and then silence": (response) => void response.write(CUT),
  "a drop now and then, without an end": (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("drop "), 50);
    response.on("close", () => clearInterval(timer));
  },
  "a flood without an end": (response) => {
    response.writeHead(200);
    const more = (error?: Error | null) => {
      if (!error) response.write("flood ".repeat(10_000), (problem) => setImmediate(more, problem));
    };
    more();
  },
  "a promise of too much": (response) => {
    response.writeHead(200, { "content-length": 2 ** 40 });
    response.write(BOOK);
  },
  "words that are no HTTP": closes(BOOK, ""),
  "a head without an end": closes("", `HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}`),
  "another length than the real one": closes(BOOK, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
  "a part, closed in order": closes(CUT),
  "a part, closed in order, as of HTTP/1.1": closes(CUT, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
};

/** A text, but not the book. */
const noBook: Record<string, Answer> = {
  "another book": sends(BOOK.replace("#7]", "#8]")),
  "another text": sends(PLAIN),
  "a sentence in place of the book": sends("Too many requests. Please come back later.\n"),
  "words about Project Gutenberg": sends("Project Gutenberg needs your help to keep its servers running.\n"),
  "a part whose length is that of the part": sends(CUT),
  "the head alone": sends(HEAD + START),
  "the licence alone": sends(END + "\nThe licence.\n"),
};

/** Unusual, and yet the book. */
const good: Record<string, Answer> = {
  "an answer in chunks": sendsInPieces(BOOK, 2000),
  "an answer that ends with the connection, and with the end marker": closes(BOOK),
  "an answer packed without having been asked": sends(gzipSync(BOOK), { "content-encoding": "gzip" }),
  "a redirect to another path": (response, request) =>
    (request.url?.endsWith("/there") ? sends(BOOK) : redirects("/there"))(response, request),
  "an answer that does not say its type": (response) => void response.end(BOOK),
  "a book of the time before markers": sends(
    "*****The Project Gutenberg Etext of Seven*****\n\nOnce.\n\nEnd of the Project Gutenberg Etext of Seven\n",
  ),
};

async function bookFrom(answer: Answer, check: (scratch: string, book: Promise<string>) => Promise<void>) {
  await withServer(
    (request, response) => answer(response, request),
    (server, scratch) =>
      check(
        scratch,
        downloadBook(7, { ...quick, mirrors: [server.url], cache: path.join(scratch, "cache") }),
      ),
  );
}

async function kept(scratch: string): Promise<string[]> {
  return readdir(path.join(scratch, "cache")).catch(() => []);
}

describe("a server that misbehaves", () => {
  for (const [what, answer] of Object.entries({ ...never, ...noBook })) {
    it(`that sends ${what} gives no book`, () =>
      bookFrom(answer, async (scratch, book) => {
        await assert.rejects(book, DownloadError);
        assert.deepEqual(await kept(scratch), []);
      }));
  }

  for (const [what, answer] of Object.entries(never)) {
    it(`that sends ${what} gives no text of an address`, () =>
      withServer(
        (request, response) => answer(response, request),
        async (server, scratch) => {
          const cache = path.join(scratch, "cache");
          await assert.rejects(readSource(`${server.url}/poem.txt`, { ...quick, cache }), DownloadError);
          assert.deepEqual(await kept(scratch), []);
        },
      ));
  }

  for (const [what, answer] of Object.entries(good)) {
    it(`is none where it sends ${what}`, () =>
      bookFrom(answer, async (_scratch, book) => {
        assert.match(await readFile(await book, "utf8"), /End of the Project Gutenberg/i);
      }));
  }
});

interface Cached {
  readonly file: string;
  readonly notices: string[];
  readonly book: () => Promise<string>;
}

/** A cache that holds something in place of a book, and a server that may have the book. */
async function bookInCache(content: string, answer: Answer, test: (cached: Cached) => Promise<void>) {
  await withServer(
    (request, response) => answer(response, request),
    async (server, scratch) => {
      const cache = path.join(scratch, "cache");
      const file = path.join(cache, "pg7.txt");
      await mkdir(cache);
      await writeFile(file, content);
      const notices: string[] = [];
      const book = () => downloadBook(7, { ...quick, mirrors: [server.url], cache, notices });
      await test({ file, notices, book });
    },
  );
}

describe("a book in the cache", () => {
  for (const [what, content] of [
    ["a page", PAGE],
    ["a part of the book", CUT],
    ["another book", BOOK.replace("#7]", "#8]")],
  ] as const) {
    it(`that is ${what} is put aside, told, and downloaded again`, () =>
      bookInCache(content, sends(BOOK), async ({ file, book, notices }) => {
        assert.equal(await readFile(await book(), "utf8"), BOOK);
        assert.equal(await readFile(`${file}.broken`, "utf8"), content);
        assert.match(notices[0], /pg7\.txt was .* It is now .*pg7\.txt\.broken/);
      }));
  }

  it("that is broken stays where no other can be had, and the error names it", () =>
    bookInCache(CUT, sends("no", {}, 404), async ({ file, book }) => {
      await assert.rejects(book(), /pg7\.txt is only a part of the book.* could not be downloaded again/);
      assert.equal(await readFile(file, "utf8"), CUT);
      assert.deepEqual(await readdir(path.dirname(file)), ["pg7.txt"]);
    }));
});
