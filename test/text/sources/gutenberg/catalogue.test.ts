import assert from "node:assert/strict";
import { readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { Catalogue } from "../../../../lib/text/sources/gutenberg/catalogue";
import { UnreachableError } from "../../../../lib/text/sources/fetch";
import type { Progress } from "../../../../lib/base/progress";
import { files, serve, withFolder, withServer } from "../../server";

const quick = { backOff: 1, timeout: 1000, retries: 0 };
const PLAIN = "/cache/epub/feeds/pg_catalog.csv";
const GZIPPED = `${PLAIN}.gz`;

const CSV = [
  "Text#,Type,Issued,Title,Language,Authors,Subjects,LoCC,Bookshelves",
  '768,Text,1996-12-01,Wuthering Heights,en,"Brontë, Emily, 1818-1848",Love stories; Yorkshire (England) -- Fiction,PR,Gothic Fiction',
  '158,Text,1994-08-01,Emma,en,"Austen, Jane, 1775-1817",England -- Fiction; Love stories,PR,Best Books',
  '42671,Text,2013-05-09,Pride and Prejudice,en,"Austen, Jane, 1775-1817; Chapman, R. W. (Robert William), 1881-1960 [Editor]",England -- Fiction,PR,',
  '1342,Text,1998-06-01,Pride and Prejudice,en,"Austen, Jane, 1775-1817",England -- Fiction; Courtship -- Fiction,PR,',
  '37431,Text,2011-09-15,"Pride and Prejudice, a play founded on Jane Austen\'s novel",en,"MacKaye, Mary Keith Medbery, 1845-1924; Austen, Jane, 1775-1817",Drama,PS,',
  '26740,Text,2008-10-01,"The Picture of Dorian Gray\r\nA Novel",en,"Wilde, Oscar, 1854-1900",Paranormal fiction,PR,',
  '2229,Text,2000-06-01,Faust: Der Tragödie erster Teil,de,"Goethe, Johann Wolfgang von, 1749-1832",German poetry,PT,',
  '17489,Text,2006-01-10,"Les misérables Tome I",fr; en,"Hugo, Victor, 1802-1885",Ex-convicts -- Fiction,PQ,',
  '3296,Text,2002-07-01,The Confessions,en,"Augustine, of Hippo, Saint, 354-430",Christian saints,BR,',
  '9999,Sound,2003-01-01,Emma,en,"Austen, Jane, 1775-1817",Audiobook,,',
].join("\r\n");

async function withCatalogue(test: (catalogue: Catalogue) => void | Promise<void>): Promise<void> {
  await withServer(files({ [GZIPPED]: gzipSync(CSV) }), async (server, scratch) => {
    await test(await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch }));
  });
}

describe("Catalogue.search", () => {
  const searches: [string, Parameters<Catalogue["search"]>[0], number[]][] = [
    ["by author, in any order of the names", { author: "jane AUSTEN" }, [158, 1342, 42671, 37431]],
    ["by the beginning of a name", { author: "aust" }, [158, 1342, 42671, 37431]],
    ["without regard to accents, on either side", { author: "bronte" }, [768]],
    ["with accents where the catalogue has none", { title: "Fäust Tragodie" }, [2229]],
    ["by title, exact ones first", { title: "pride and prejudice" }, [1342, 42671, 37431]],
    ["by the letters of a language", { language: "fr" }, [17489]],
    ["by the name of a language", { language: "German" }, [2229]],
    ["by subject", { subject: "love stories" }, [158, 768]],
    ["by bookshelf", { subject: "gothic" }, [768]],
    ["by several things at once", { author: "austen", subject: "courtship", language: "en" }, [1342]],
    ["by words of author, title and subject", "austen love", [158]],
    ["by the name of an editor", { author: "chapman" }, [42671]],
    ["and finds nothing", { title: "pride", author: "goethe" }, []],
  ];
  for (const [how, query, ids] of searches) {
    it(`finds books ${how}`, () =>
      withCatalogue((catalogue) => {
        assert.deepEqual(
          catalogue.search(query).map(({ id }) => id),
          ids,
        );
      }));
  }

  it("gives no more books than asked for, the best of them", () =>
    withCatalogue((catalogue) => {
      assert.deepEqual(
        catalogue.search({ title: "pride" }, { limit: 1 }).map(({ id }) => id),
        [1342],
      );
    }));
});

describe("Catalogue.open", () => {
  it("reads texts only, with names as one says them and subtitles after a colon", () =>
    withCatalogue(({ entries }) => {
      assert.ok(entries.every(({ id }) => id !== 9999));
      const byId = (wanted: number) => entries.find(({ id }) => id === wanted);
      assert.deepEqual(byId(42671)?.authors, ["Jane Austen", "R. W. Chapman (editor)"]);
      assert.deepEqual(byId(3296)?.authors, ["Augustine of Hippo, Saint"]);
      assert.equal(byId(26740)?.title, "The Picture of Dorian Gray: A Novel");
      assert.deepEqual(byId(17489)?.languages, ["fr", "en"]);
    }));

  it("takes the plain file where a mirror has no gzipped one", () =>
    withServer(files({ [PLAIN]: CSV }), async (server, scratch) => {
      const catalogue = await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch });
      assert.equal(catalogue.entries.length, 9);
      assert.deepEqual(await readdir(scratch), ["pg_catalog.csv"]);
    }));

  it("keeps it for a week, then renews it", () =>
    withServer(files({ [GZIPPED]: gzipSync(CSV) }), async (server, scratch) => {
      const options = { ...quick, mirrors: [server.url], cache: scratch };
      await Catalogue.open(options);
      const days = (count: number) => new Date(Date.now() - count * 24 * 3600 * 1000);
      await utimes(path.join(scratch, "pg_catalog.csv.gz"), days(6), days(6));
      await Catalogue.open(options);
      assert.equal(server.requests.length, 1);
      await utimes(path.join(scratch, "pg_catalog.csv.gz"), days(8), days(8));
      const renewed = await Catalogue.open(options);
      assert.equal(server.requests.length, 2);
      assert.equal(renewed.notice, "");
    }));

  it("goes on with an old one where there is no connection, and says so", () =>
    withFolder(async (scratch) => {
      const file = path.join(scratch, "pg_catalog.csv.gz");
      await writeFile(file, gzipSync(CSV));
      await utimes(file, new Date("2020-05-03"), new Date("2020-05-03"));
      const server = await serve(files({}));
      await server.close();
      const catalogue = await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch });
      assert.equal(catalogue.entries.length, 9);
      assert.match(
        catalogue.notice,
        /^The catalogue of Sun May 03 2020 is in use: a newer one could not be had\./,
      );
    }));

  it("says that it cannot be reached where there is none in the cache", () =>
    withFolder(async (scratch) => {
      const server = await serve(files({}));
      await server.close();
      await assert.rejects(
        Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch }),
        UnreachableError,
      );
    }));

  for (const [what, bytes] of [
    ["half of a gzipped file", gzipSync(CSV).subarray(0, 200)],
    ["something else", Buffer.from("a,b\n1,2\n")],
  ] as const) {
    it(`puts aside what the cache holds where that is ${what}, and fetches it again`, () =>
      withServer(files({ [GZIPPED]: gzipSync(CSV) }), async (server, scratch) => {
        const file = path.join(scratch, "pg_catalog.csv.gz");
        await writeFile(file, bytes);
        const catalogue = await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch });
        assert.equal(catalogue.entries.length, 9);
        assert.match(catalogue.notice, /pg_catalog.csv.gz was no catalogue, or a part of one/);
        assert.deepEqual((await readdir(scratch)).sort(), ["pg_catalog.csv.gz", "pg_catalog.csv.gz.broken"]);
      }));

    it(`names the file in the cache that is ${what} where no other can be had, and leaves it`, () =>
      withServer(files({}), async (server, scratch) => {
        await writeFile(path.join(scratch, "pg_catalog.csv.gz"), bytes);
        await assert.rejects(
          Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch }),
          /pg_catalog.csv.gz is no catalogue, or a part of one .* could not be downloaded again/,
        );
        assert.deepEqual(await readdir(scratch), ["pg_catalog.csv.gz"]);
      }));
  }

  it("keeps the catalogue that it has where a mirror sends a part of a newer one", () =>
    withServer(files({ [GZIPPED]: gzipSync(CSV).subarray(0, 200) }), async (server, scratch) => {
      const file = path.join(scratch, "pg_catalog.csv.gz");
      await writeFile(file, gzipSync(CSV));
      await utimes(file, new Date("2020-05-03"), new Date("2020-05-03"));
      const catalogue = await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch });
      assert.equal(catalogue.entries.length, 9);
      assert.match(catalogue.notice, /Sun May 03 2020 is in use: .*a broken catalogue/);
    }));

  it("tells how far it has come", () => {
    const [head, row] = CSV.split("\r\n");
    const csv = [head, ...Array<string>(12_000).fill(row)].join("\n");
    return withServer(files({ [GZIPPED]: gzipSync(csv) }), async (server, scratch) => {
      const labels = new Set<string>();
      const onProgress = ({ label }: Progress) => labels.add(label);
      await Catalogue.open({ ...quick, mirrors: [server.url], cache: scratch, onProgress });
      assert.deepEqual([...labels], ["Catalogue", "Reading the catalogue"]);
    });
  });
});
