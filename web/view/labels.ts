/** What the text is to be, for a network that was told of its texts: a list to choose from for each label. */
import type { GivenLabels, Label } from "../../lib/text/labels";
import { element } from "./elements";

export class LabelLists {
  private readonly place = element("labels", HTMLDivElement);
  private lists: { readonly name: string; readonly list: HTMLSelectElement }[] = [];

  /** @param changed is called when something else is chosen */
  constructor(private readonly changed: () => void) {}

  offer(labels: readonly Label[]): void {
    this.lists = labels.map(({ name, values }) => {
      const list = document.createElement("select");
      list.append(new Option("any", ""), ...values.map((value) => new Option(value, value)));
      list.addEventListener("change", this.changed);
      return { name, list };
    });
    this.place.replaceChildren(
      ...this.lists.map(({ name, list }) => {
        const label = document.createElement("label");
        label.append(name.charAt(0).toUpperCase() + name.slice(1), list);
        return label;
      }),
    );
    this.place.hidden = labels.length === 0;
  }

  /** What is chosen; nothing of what may be any. */
  get given(): GivenLabels {
    const chosen = this.lists.filter(({ list }) => list.value !== "");
    return Object.fromEntries(chosen.map(({ name, list }) => [name, list.value]));
  }
}
