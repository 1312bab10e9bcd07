/** The second screen: how often it will have read the paragraph when it begins to copy it. */
import { button, element } from "../../../web/view/elements";
import { times, type Bet } from "../run";
import { mostReadings } from "../settings";
import type { Story } from "../story";

export class BetScreen {
  private readonly slider = element("readings", HTMLInputElement);

  /** @param done is called when the bet is made */
  constructor(story: Story, done: () => void) {
    this.slider.addEventListener("input", () => this.tell());
    button("to-watch", () => {
      story.bet = this.bet;
      done();
    });
    this.tell();
  }

  private get bet(): Bet {
    const value = this.slider.valueAsNumber;
    return value > mostReadings ? "never" : value;
  }

  private tell(): void {
    const words = this.bet === "never" ? "never" : times(this.bet);
    element("bet-told", HTMLOutputElement).value = words;
    this.slider.setAttribute("aria-valuetext", words);
  }
}
