/**
 * An index of texts on disk, with which passages are found without reading the texts: for libraries of hundreds of
 * megabytes. Neither it nor its texts are held in memory.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { OptionError } from "../../base/option-error";
import { BrokenFile } from "../../base/files/checksum";
import type { OnProgress } from "../../base/progress";
import { rememberHeldOut, type HeldOut } from "../../text/held-out";
import type { Part, Text } from "../../text/text";
import { shortestWindow } from "../blocks";
import { comparison, type ComparisonOptions } from "../comparison/comparison";
import { buildIndex, type Texts } from "./index-build";
import { headerFile, indexFiles, readHeader, type Header, type IndexFile } from "./index-format";
import { placesOf } from "./index-places";
import { IndexRecords } from "./index-records";
import { isOf, storedText, type StoredText } from "./index-texts";
import {
  besideGiven,
  heldOutOf,
  isZeroOf,
  keptZero,
  measureZero,
  withoutZero,
  type KeptZero,
} from "./index-zero";
import { openAll, type Paged } from "./paged";
import { passagesOf } from "../passages";
import { placer } from "../places";
import { checked, passagesFrom, trace, type Trace, type TraceOptions } from "../trace";
import { Zero } from "../zero";
import { nearZero } from "../near/near-zero";
import { traceNearIn, type NearTrace, type TraceNearOptions } from "../near/trace-near";

export interface TraceIndexOptions extends ComparisonOptions {
  /** The shortest passages that can be found, 20; at least 7. */
  readonly minLength?: number;
  readonly onProgress?: OnProgress;
}

/** Those of `traceNear` but for the ones with which the index was built. */
export type IndexedNearOptions = Omit<TraceNearOptions, keyof ComparisonOptions>;

/**
 * Finds what `trace` finds in the same texts, with the same options.
 *
 * On disk it takes about five bytes a character beside the texts themselves, in memory a sixtieth of a byte and what a
 * query needs. Where sample and texts repeat themselves over and over it reads all texts, one after the other.
 *
 * @example
 * const index = await TraceIndex.open("data/indexes/mine", library.texts, { minLength: 20 });
 * showOverlay(index.trace(sample));
 * index.close();
 */
export class TraceIndex {
  readonly minLength: number;
  readonly comparison: Required<ComparisonOptions>;
  /** The texts. Their `content` is read from disk each time it is asked for, also after `close`. */
  readonly texts: readonly (Text | Part)[];
  private readonly records: IndexRecords;
  private readonly files: Record<IndexFile, Paged>;
  private readonly stored: readonly StoredText[];
  /** Whether `minLength` was asked for; if not, it may be raised. */
  private asked = false;
  private heldOut: HeldOut = { training: [], validation: [] };
  private kept?: KeptZero;

  private constructor(
    readonly folder: string,
    private readonly header: Header,
  ) {
    this.minLength = header.minLength;
    this.comparison = header.comparison;
    this.texts = this.stored = header.texts.map((text) => storedText(folder, header, text));
    this.remember(keptZero(folder));
    this.files = openAll(folder, header);
    try {
      this.records = new IndexRecords(this.files, header);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Opens the index in a folder, and measures its zero where it has none. If there is no index, or one of other texts
   * or with other options, it is built, beside the folder, and then put in its place; also where it is broken, as far
   * as that is seen before it is used.
   *
   * @param texts one after the other, so that they need not all be in memory; they are read twice where an index is
   *   there and must be built anew, so a generator is given as the function that makes it. Without texts the index is
   *   opened as it is, with its own options.
   * @throws where `minLength` is not a whole number of at least 7, and without texts where there is no index that is whole
   */
  static async open(
    folder: string,
    texts?: Texts | (() => Texts),
    { minLength, onProgress, ...options }: TraceIndexOptions = {},
  ): Promise<TraceIndex> {
    if (!texts) return new TraceIndex(folder, readHeader(folder));
    const shortest = minLength ?? 20;
    if (!Number.isInteger(shortest) || shortest < shortestWindow) {
      throw new OptionError(
        "minLength",
        `of an index to be a whole number of at least ${shortestWindow}`,
        shortest,
        "; `trace` finds shorter passages",
      );
    }
    const { ignoreCase = false, collapseWhitespace = false, foldQuotes = false } = options;
    const wanted = { minLength: shortest, comparison: { ignoreCase, collapseWhitespace, foldQuotes } };
    const read = () => (typeof texts === "function" ? texts() : texts);
    let index = TraceIndex.openWhole(folder);
    if (!index || !(await isOf(index.header, wanted, read))) {
      index?.close();
      await buildIndex(path.resolve(folder), read(), { ...wanted, onProgress });
      // Again where another process has just put its own in the place.
      index = TraceIndex.openWhole(folder) ?? new TraceIndex(folder, readHeader(folder));
    }
    const beside = besideGiven(texts);
    if (!index.kept || !isZeroOf(index.kept, beside))
      index.remember(await measureZero(folder, index.stored, { ...wanted, beside, onProgress }));
    index.asked = minLength !== undefined;
    return index;
  }

  /** The index in a folder; undefined where there is none that is whole. */
  private static openWhole(folder: string): TraceIndex | undefined {
    if (!existsSync(headerFile(folder))) return undefined;
    try {
      return new TraceIndex(folder, readHeader(folder));
    } catch (error) {
      if (error instanceof BrokenFile) return undefined;
      throw error;
    }
  }

  /**
   * What held-out text is traced in: the texts themselves, or, where they are those of no library, all but the last 5 %
   * of each.
   */
  get training(): readonly Part[] {
    return this.heldOut.training;
  }

  /**
   * That text: what the library of the texts holds out, or those last 5 %, as far as it is looked at. None where that
   * is too little.
   */
  get validation(): readonly Part[] {
    return this.heldOut.validation;
  }

  /** How much of it is copied word for word; absent where it is too little, and where `notices` says so. */
  get zero(): Zero | undefined {
    return this.kept?.zero && Zero.from(this.kept.zero);
  }

  /** What the reader should know: that it has no zero, as one that was built before indexes had one. */
  get notices(): readonly string[] {
    return this.kept ? [] : [withoutZero(this.folder)];
  }

  private remember(kept: KeptZero | undefined): void {
    if (!kept) return;
    this.kept = kept;
    this.heldOut = heldOutOf(this.stored, kept);
    for (const known of [this.texts, this.training]) rememberHeldOut(known, this);
  }

  /**
   * The passages of a sample, compared as the index was built; beside them the zero. Without `minLength` it is that of the index;
   * where none was given to it either, it is raised until the zero is small.
   *
   * @throws where `minLength` is smaller than that of the index; and where a file of the index is found to be damaged
   */
  trace(sample: string, options: Pick<TraceOptions, "minLength" | "maxOccurrences"> = {}): Trace {
    const { zero } = this;
    const wanted = checked({ ...options, minLength: options.minLength ?? this.minLength });
    const { maxOccurrences } = wanted;
    if (wanted.minLength < this.minLength) {
      throw new OptionError(
        "minLength",
        `>= ${this.minLength}, with which the index was built`,
        wanted.minLength,
        "; open it with the smaller one",
      );
    }
    const isOpen = !this.asked && options.minLength === undefined;
    const minLength = (isOpen ? zero?.smallFrom(wanted.minLength) : undefined) ?? wanted.minLength;
    const beside = zero ? { zero, raised: minLength > wanted.minLength } : {};
    const compared = comparison(this.comparison)(sample);
    const matches = this.records.matches(compared.content, minLength);
    const { texts } = this;
    if (!matches)
      return {
        ...trace(sample, [...texts], { minLength, maxOccurrences, ...this.comparison }),
        ...{ texts, ...beside },
      };
    const places = texts.map((text, index) =>
      placer(index, text, placesOf(this.header.texts[index], this.files.places)),
    );
    const stretches = passagesOf(compared.content.length, matches, { maxOccurrences });
    const passages = passagesFrom(stretches, compared, { minLength, places });
    return { sample, minLength, texts, passages, ...beside };
  }

  /**
   * What `traceNear` finds in the texts, compared as the index was built. All of them are read, one after the other: there is no
   * way round that, and so it takes as long as in memory, only less of it. Its zero is there once `nearZero` has made it.
   *
   * @throws as `traceNear`; and where a file of the index is found to be damaged
   */
  traceNear(sample: string, options: IndexedNearOptions = {}): NearTrace {
    const compared = this.header.texts.map(({ compared: stored }, index) => ({
      content: () => this.files.compared.text(stored, 0, stored.length),
      ...placesOf(this.header.texts[index], this.files.places),
    }));
    return traceNearIn(sample, this.texts, compared, { ...options, ...this.comparison });
  }

  /**
   * How much of held-out text is a near copy, made once and kept with the index, as `nearZero` does it for a library.
   *
   * @example await index.nearZero({ onProgress: progressBar() }); index.traceNear(sample).zero
   */
  nearZero(options: IndexedNearOptions = {}): Promise<Zero | undefined> {
    return nearZero(this, { folder: path.join(this.folder, "zeros"), ...options, ...this.comparison });
  }

  /** Closes the files. */
  close(): void {
    for (const name of indexFiles) this.files[name].close();
  }
}
