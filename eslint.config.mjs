import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Packages that one place alone names, and that place. */
const keepers = [
  {
    packages: ["@tensorflow/*"],
    place: "lib/network/tensorflow.ts",
    also: ["lib/network/tensorflow-types.ts", "web/stand-ins/tensorflow.ts"],
  },
  {
    packages: ["tslab", "tslab/*", "@tslab/*"],
    place: "setup/kernel",
    also: [
      "setup/checks/kernel-types.ts",
      "site/build/declarations.ts",
      "site/build/comments.ts",
      "site/kernel",
      "site/stand-ins",
    ],
  },
  { packages: ["node-fetch", "node:http", "node:https"], place: "lib/text/sources/fetch.ts", also: [] },
];

const refusedOutside = (kept) => ({
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: kept.map(({ packages, place }) => ({
          group: packages,
          message: `Only ${place} names these packages.`,
        })),
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ["node_modules", ".venv", ".cache", "data"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.json",
          "web/tsconfig.json",
          "site/tsconfig.json",
          "site/explorable/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "prefer-const": "error",
      // The kernel loads CommonJS; where a module is wanted only sometimes, that is `require`.
      "@typescript-eslint/no-require-imports": "off",
      // The kernel's older compiler needs assertions that a newer one does without.
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      // A type out of a table has a name, which errors then tell instead of the table.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      // A function of no `this` is declared as a method here, too.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowArray: true, allowBoolean: true, allowNever: true, allowNumber: true },
      ],
      // What `String` makes of a value of any kind is what is meant where it is written.
      "@typescript-eslint/no-base-to-string": "off",
      // An interface may want a promise of what is there at once.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["lib/**", "cli/**", "web/**", "site/**", "bench/**", "pretrained/**", "setup/**"],
    ...refusedOutside(keepers),
  },
  ...keepers.map((keeper) => ({
    files: [keeper.place, `${keeper.place}/**`, ...keeper.also],
    ...refusedOutside(keepers.filter((other) => other !== keeper)),
  })),
  {
    files: ["lib/**", "cli/**", "bench/**", "pretrained/**", "setup/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({
          name,
          message: "Only lib/text/sources/fetch.ts reads the internet.",
        })),
      ],
    },
  },
  {
    files: ["setup/**", "site/**", "bench/**", "pretrained/**", "test/**"],
    rules: { "no-console": "off" },
  },
  { files: ["**/*.{cjs,mjs}"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
  {
    files: ["test/**"],
    rules: {
      // What a test reads as JSON, it compares; a type for it would say the same twice.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);
