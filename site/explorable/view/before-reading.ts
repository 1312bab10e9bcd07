/** What a visitor is told before another network reads. */
import { nameOf } from "../run";
import type { Story } from "../story";

/** @example beforeReading(story) // "Run 1 is still reading: this stops it." */
export function beforeReading(story: Story): string {
  const { run, missing, hasChangedTexts } = story;
  if (missing) return `Something is missing in step “Read”: ${missing}`;
  const sentences = [
    run?.state === "reading" && `${nameOf(run)} is still reading: this stops it.`,
    hasChangedTexts &&
      `You have changed what is read: ${nameOf(run!)} read other words than the next run will.`,
  ];
  return sentences.filter(Boolean).join(" ");
}
