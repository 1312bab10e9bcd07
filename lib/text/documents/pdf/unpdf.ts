/** What is used of unpdf, whose types alone would be a fifteenth of what a first cell reads. */
export interface Unpdf {
  getDocumentProxy(bytes: Uint8Array, options: { readonly verbosity: number }): Promise<PdfDocument>;
}

export interface PdfDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  getMetadata(): Promise<{ readonly info: object }>;
  destroy(): Promise<void>;
}

interface PdfPage {
  /** Left, lower, right and upper border, in points. */
  readonly view: readonly number[];
  getTextContent(): Promise<{ readonly items: readonly object[] }>;
  cleanup(): void;
}
