/**
 * A training's samples one at a time: a slider over the iterations, a choice of temperatures, and a line in the chart where
 * one is. Without it the page shows all samples below one another.
 */

const page = /** @type {any} */ (globalThis);

/** @param {any} root @param {import("./story-data").StoryData} data */
module.exports = function tellStory(root, data) {
  const document = page.document;
  const figures = [...root.querySelectorAll("figure")];
  if (!figures.length) return;
  const iterations = [...new Set(data.story.map(({ iteration }) => iteration))].sort((a, b) => a - b);
  const temperatures = [...new Set(data.story.map(({ temperature }) => temperature))].sort((a, b) => a - b);
  let at = iterations.length - 1;
  const shown = new Set(temperatures);

  const controls = document.createElement("div");
  controls.dataset.story = "";
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: iterations.length - 1, value: at });
  slider.setAttribute("aria-label", "iteration of the sample");
  const place = document.createElement("output");
  slider.addEventListener("input", () => {
    at = Number(slider.value);
    tell();
  });
  controls.append(slider, place);
  if (temperatures.length > 1) {
    for (const temperature of temperatures) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", checked: true });
      box.addEventListener("change", () => {
        shown[box.checked ? "add" : "delete"](temperature);
        tell();
      });
      label.append(box, ` temperature ${temperature}`);
      controls.append(label);
    }
  }
  const chart = root.querySelector("svg");
  chart.after(controls);
  const lines = data.frames.map(({ left, top, width, height }) => {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    for (const [name, value] of Object.entries({
      y1: top,
      y2: top + height,
      stroke: "var(--ink)",
      "stroke-dasharray": "3 3",
    })) {
      line.setAttribute(name, String(value));
    }
    chart.append(line);
    return { line, left, width };
  });
  tell();

  function tell() {
    const iteration = iterations[at];
    data.story.forEach((sample, index) => {
      figures[index].hidden = sample.iteration !== iteration || !shown.has(sample.temperature);
    });
    slider.setAttribute("aria-valuetext", `iteration ${iteration.toLocaleString("en")}`);
    place.textContent = `iteration ${iteration.toLocaleString("en")}, ${at + 1} of ${iterations.length}`;
    for (const { line, left, width } of lines) {
      const x = String(left + (width * iteration) / data.last);
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
    }
  }
};
