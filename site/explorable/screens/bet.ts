/** The second screen: how often it will have read the paragraph when it begins to copy it. */
import { button, element } from "../../../web/view/elements";
import { times, type Bet } from "../run";
import { mostReadings } from "../settings";
import type { Story } from "../story";
import { beforeReading } from "../view/before-reading";

export class BetScreen {
  private readonly slider = element("readings", HTMLInputElement);
  private readonly onward: HTMLButtonElement;

  /** @param done is called when the bet is made */
  constructor(
    private readonly story: Story,
    done: (bet: Bet) => void,
  ) {
    this.slider.addEventListener("input", () => this.tell());
    this.onward = button("to-watch", () => done(this.bet));
    this.tell();
  }

  show(): void {
    this.onward.disabled = this.story.missing !== "";
    element("bet-reads", HTMLParagraphElement).textContent = beforeReading(this.story);
  }

  private get bet(): Bet {
    const value = this.slider.valueAsNumber;
    return value > mostReadings ? "never" : value;
  }

  private tell(): void {
    const words = this.bet === "never" ? `not within ${times(mostReadings)}` : `after ${times(this.bet)}`;
    element("bet-told", HTMLOutputElement).value = words;
    this.slider.setAttribute("aria-valuetext", words);
  }
}
