import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", ".venv", ".cache", "data"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "prefer-const": "error",
      // The kernel loads CommonJS; where a module is wanted only sometimes, that is \`require\`.
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  { files: ["setup/**", "bench/**", "pretrained/**", "test/**"], rules: { "no-console": "off" } },
  { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs" } },
);
