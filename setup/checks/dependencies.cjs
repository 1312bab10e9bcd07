/** Which files may import which, for dependency-cruiser. Which place alone names a package is in `eslint.config.mjs`. */

/** The stages of a text's story; what each may import besides itself stands before it. */
const stages = {
  base: [],
  text: ["base"],
  network: ["base", "text"],
  generate: ["base", "text", "network"],
  train: ["base", "text", "network", "generate"],
  trace: ["base", "text", "network", "generate"],
  show: ["base", "text", "network", "generate", "train", "trace"],
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no circle",
      comment: "No imports go in a circle, those of types included.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(stages).map(([stage, before]) => ({
      name: `before ${stage}`,
      comment: "Imports point back along the story of a text (docs/architecture.md).",
      severity: /** @type {const} */ ("error"),
      from: { path: `^lib/${stage}/` },
      to: { path: "^lib/", pathNot: `^lib/(${[stage, ...before].join("|")})/` },
    })),
    {
      name: "through the doors",
      comment:
        "Other files of the command open fewer files than a door does: help and traces wait for no TensorFlow.",
      severity: "error",
      from: { path: "^cli/commands/(exported|training/(lines|run)|written)\\.ts$" },
      to: { path: "^lib/[^/]+/", pathNot: "^lib/[^/]+/index\\.ts$" },
    },
    {
      name: "users of lib",
      comment: "lib knows nobody who uses it.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(cli|web|site|setup|bench|pretrained|test)/" },
    },
  ],
  options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true },
};
