import assert from "node:assert/strict";
import type { Look, Sample } from "../../../site/explorable/messages";
import {
  begunAt,
  copiedOf,
  longestOwn,
  longestSoFar,
  mostOwn,
  nameOf,
  outcome,
  networkInWords,
  secondsOfWhole,
  titleOf,
  sureOfOwn,
  times,
  verdict,
} from "../../../site/explorable/run";

describe("a run of the explorable", () => {
  const sample = (longest: number, copied = 0): Sample => ({
    ...{ prompt: "", pieces: [], letters: [] },
    copied,
    longestOwn: longest,
  });
  const look = (readings: number, ...samples: Sample[]): Look => {
    return { readings, seconds: readings / 2, loss: 2, samples, known: [] };
  };
  const looks = [
    look(0, sample(0), sample(0)),
    look(10, sample(29), sample(0, 0.5)),
    look(20, sample(0), sample(31)),
    look(30, sample(240), sample(0)),
  ];

  it("begins to copy at the first look at which either sample has 30 characters of the paragraph", () => {
    assert.equal(begunAt({ looks }), looks[2]);
    assert.equal(begunAt({ looks: looks.slice(0, 2) }), undefined);
  });

  it("is measured by its longest passage and by the mean of the shares", () => {
    assert.equal(longestOwn(looks[1].samples), 29);
    assert.equal(copiedOf(looks[1].samples), 0.25);
  });

  it("has a longest passage so far, which never shrinks, and a mean of how sure it is of the paragraph", () => {
    assert.deepEqual(longestSoFar({ looks }), [0, 29, 31, 240]);
    assert.equal(sureOfOwn({ ...looks[0], known: [1, 0.5, 0] }), 0.5);
  });

  it("is told beside the bet", () => {
    const run = { looks, state: "stopped" as const };
    assert.equal(verdict(40, run), "You said after 40 readings. It began after 20: sooner than you thought.");
    assert.equal(verdict(8, run), "You said after 8 readings. It began after 20: later than you thought.");
    assert.equal(verdict(21, run), "You said after 21 readings. It began after 20: a good guess.");
    assert.equal(
      verdict("never", run),
      "You said it would not within 100 readings. It began after 20 readings.",
    );
  });

  it("proves nothing beside the bet while it has not copied, unless it has read to its end", () => {
    const run = { looks: looks.slice(0, 2) };
    assert.equal(
      verdict("never", { ...run, state: "finished" }),
      "You said it would not within 100 readings. It has not copied you: you were right.",
    );
    const soFar = "It has not copied you, as long as it read: 10 readings.";
    const said = "You said it would not within 100 readings.";
    for (const state of ["stopped", "reading"] as const)
      assert.equal(verdict("never", { ...run, state }), `${said} ${soFar}`);
    assert.equal(verdict(1, { ...run, state: "finished" }), `You said after 1 reading. ${soFar}`);
  });

  it("is shown where it copied the longest passage, the last time, or else in the end", () => {
    assert.equal(mostOwn({ looks }), looks[3]);
    const twice = [looks[2], looks[2], look(40, sample(0), sample(0))];
    assert.equal(mostOwn({ looks: twice }), twice[1]);
    assert.equal(mostOwn({ looks: [looks[0], twice[2]] }), twice[2]);
  });

  it("is told as when it began to copy, or how long it has not, and whether it was stopped then or goes on", () => {
    assert.equal(outcome({ looks, state: "stopped" }), "after 20 readings");
    const begun = looks.slice(0, 2);
    assert.equal(outcome({ looks: begun, state: "finished" }), "not within 10 readings");
    assert.equal(outcome({ looks: begun, state: "stopped" }), "not within 10 readings, then stopped");
    assert.equal(outcome({ looks: begun, state: "reading" }), "not within 10 readings, so far");
  });

  it("takes as long as its pace says, once it has read", () => {
    assert.equal(secondsOfWhole({ looks }), 50);
    assert.equal(secondsOfWhole({ looks: looks.slice(0, 1) }), undefined);
    assert.equal(secondsOfWhole({ looks: [] }), undefined);
  });

  it("is named by its number, counted from 1, and its settings", () => {
    assert.equal(nameOf({ number: 1 }), "Run 2");
    const settings = { neurons: 64, dropout: 0.7, temperature: 1 };
    assert.equal(networkInWords({ settings }), "dropout 70\u00a0%, 64\u00a0cells");
    assert.equal(
      titleOf({ number: 1, settings }),
      "Run 2: dropout 70\u00a0%, 64\u00a0cells, temperature\u00a01.0",
    );
  });

  it("counts readings in words", () => {
    assert.deepEqual([0, 1, 2].map(times), ["0 readings", "1 reading", "2 readings"]);
  });
});
