/** The sources and their colours. */
import type { Source } from "./books";

export function showLegend(list: HTMLUListElement, sources: readonly Source[]): void {
  list.replaceChildren(
    ...sources.map(({ title, author, hue }) => {
      const item = document.createElement("li");
      item.style.setProperty("--ground", `var(--ground-${hue}-100)`);
      item.style.setProperty("--line", `var(--line-${hue})`);
      item.textContent = author === "you" ? title : `${title}, ${author}`;
      return item;
    }),
  );
}
