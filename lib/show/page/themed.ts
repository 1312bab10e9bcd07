/** The colours of overlays and charts as variables of a page, which follow the reader's light or dark theme. */
import { groundColor, hueCount, lineColor, strengths } from "../style/palette";
import { type Theme, themes } from "../style/themes";
import { surpriseColor, surprises } from "../style/surprise-colors";
import { grounds, paints } from "../chart/panel";

/** The colours by the names that they have in a page; in the light theme each has one name, by which `themed` finds it. */
export function colors(theme: Theme): [name: string, color: string][] {
  const hues = Array.from({ length: hueCount }, (_, hue) => hue);
  return [
    ...Object.entries(themes[theme]),
    ...hues.map((hue): [string, string] => [`line-${hue}`, lineColor(hue, theme)]),
    ...hues.flatMap((hue) =>
      strengths.map(({ from }): [string, string] => [`ground-${hue}-${from}`, groundColor(hue, from, theme)]),
    ),
    ...surprises.map((_, index): [string, string] => [
      `surprise-${index + 1}`,
      surpriseColor(index + 1, theme),
    ]),
    ["axis", grounds[theme].axis],
    ...paints.map((paint, index): [string, string] => [`paint-${index}`, paint[theme]]),
  ];
}

/** The variables of a theme, as a rule. */
export function variables(theme: Theme): string {
  return `:root { ${colors(theme)
    .map(([name, color]) => `--${name}:${color}`)
    .join("; ")} }`;
}

const names = new Map(colors("light").map(([name, color]) => [color, name]));

/** @example themed("color:#1f1c18") // "color:var(--ink)" */
export function themed(style: string): string {
  return style.replace(/#[0-9a-f]{6}\b/g, (color) =>
    names.has(color) ? `var(--${names.get(color)})` : color,
  );
}
