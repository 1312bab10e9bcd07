/** The screens, of which one is seen; the steps at the top lead back and forth between those that were reached. */

export class Steps {
  private readonly screens = [...document.querySelectorAll<HTMLElement>("main > section")];
  private readonly buttons = [...document.querySelectorAll<HTMLButtonElement>("#steps button")];
  private reached = 0;

  /** @param shown is called with the name of a screen when it has come up */
  constructor(private readonly shown: (name: string) => void) {
    this.buttons.forEach((button, index) =>
      button.addEventListener("click", () => this.show(this.screens[index].id)),
    );
    // The browser's "back" leads to the screen before, not away from the page and all its runs.
    history.replaceState(this.screens[0].id, "");
    addEventListener("popstate", ({ state }) => typeof state === "string" && this.turnTo(state));
  }

  /** Lets the visitor go to a screen, and to those before it. */
  open(name: string): void {
    this.reached = Math.max(this.reached, this.place(name));
    this.buttons.forEach((button, index) => (button.disabled = index > this.reached));
  }

  /** Shows a screen, with the focus on its question. */
  show(name: string): void {
    this.open(name);
    history.pushState(name, "");
    this.turnTo(name);
  }

  private turnTo(name: string): void {
    const place = this.place(name);
    this.screens.forEach((screen, index) => (screen.hidden = index !== place));
    this.buttons.forEach((button, index) => {
      if (index === place) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    window.scrollTo(0, 0);
    this.screens[place].querySelector("h2")?.focus({ preventScroll: true });
    this.shown(name);
  }

  private place(name: string): number {
    return this.screens.findIndex(({ id }) => id === name);
  }
}
