import { Learner } from "./site/explorable/learning/learner";
import { shelf } from "./site/explorable/shelf";
import { longestOwn } from "./site/explorable/run";
const example =
  "Our tram was late again, so my sister counted the pigeons on the roof of the bakery. There were eleven, " +
  "and the smallest of them walked in circles as if it had lost a key. When the tram came at last, she would " +
  "not get in. Somebody, she said, has to stay here until it is found.";
const grandmother =
  "My grandmother kept a jar of buttons on the windowsill, and each of them had a story. The blue one came from " +
  "a sailor, the brass one from a band that played in the rain. I never found out which of the stories were true.";
async function main() {
  let run = 0;
  const jobs: [string, number, number][] = [["example", 128, 0], ["example", 192, 0], ["grandmother", 128, 0], ["grandmother", 128, 0.7], ["example", 64, 0], ["example", 128, 0.5], ["example", 128, 0.7], ["example", 128, 0.3], ["example", 32, 0]];
  for (const [which, neurons, dropout] of jobs) {
    const own = { title: "Your paragraph", author: "you", source: "visitor", content: (which === "example" ? example : grandmother) + "\n", weight: 1 };
    let first = ""; let most = 0; const t0 = Date.now(); let sec = 0;
    const learner = new Learner((m) => {
      if (m.type !== "look") return;
      const l = longestOwn(m.look.samples); most = Math.max(most, l); sec = m.look.seconds;
      if (l >= 30 && !first) first = m.look.readings.toFixed(1);
    });
    await learner.read({ run: run++, texts: [own, ...shelf()], own: 0, settings: { neurons, dropout, temperature: 0.5 } });
    console.log(process.env.PALIMPSEST_LSTM ?? "native", which, neurons, dropout, "first", first, "most", most, "wall", ((Date.now() - t0) / 1000).toFixed(0), "seconds", sec.toFixed(0));
  }
}
void main();
