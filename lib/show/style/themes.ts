/** Paper and ink, light and dark. */

/**
 * Colours as `#rrggbb`. An overlay in a notebook has those of the light theme, for text and ground alike, so that it reads
 * on light and on dark pages; a page of its own has both.
 */
export const themes = {
  light: { paper: "#fffdf9", ink: "#1f1c18", faintInk: "#6b655b", rule: "#ddd6c9" },
  dark: { paper: "#211f1c", ink: "#f4f0e8", faintInk: "#b3aa9c", rule: "#4a453d" },
} as const;

export type Theme = keyof typeof themes;

/** `faintInk` is for what is said beside the sample; 4.5 : 1 on paper, as WCAG 2.2 asks of text. */
export const { paper, ink, faintInk, rule } = themes.light;
