import assert from "node:assert/strict";
import { colors, themed, variables } from "../../../lib/show/page/themed";

describe("themed(style)", () => {
  it("finds the variable of every colour: no two roles share one in the light theme", () => {
    const all = colors("light");
    const shared = all.filter(([name, color]) => themed(color) !== `var(--${name})`);
    assert.deepEqual(shared, []);
  });

  it("leaves a colour alone that is no variable", () => {
    assert.equal(themed("color:#123456"), "color:#123456");
  });

  it("gives the dark theme the same variables", () => {
    const names = (theme: "light" | "dark") =>
      [...variables(theme).matchAll(/--([\w-]+):/g)].map(([, name]) => name);
    assert.deepEqual(names("dark"), names("light"));
  });
});
