/** Text of unknown origin, made harmless to look at: what would move or hide other text is shown instead of obeyed. */

/**
 * Control characters but tab and line feed, bidirectional embeddings, overrides and isolates (Unicode Standard Annex 9,
 * section 2), and halves of surrogate pairs. Left-to-right and right-to-left marks stay: they move nothing but themselves.
 */
export const hidden =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @example visible("a\u202eb\u0007") // "a⟨U+202E⟩b⟨U+0007⟩" */
export function visible(text: string): string {
  return text.replace(hidden, (character) => {
    return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
