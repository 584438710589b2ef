import { expect, test } from "vitest";
import { formulaNamed, splitMaths } from "./splitting";

const found = (text: string): readonly string[] => splitMaths(text).formulas.map(({ tex, isDisplayed }) => (isDisplayed ? `[${tex}]` : tex));

test("formulas are found in all four ways of writing them", () => {
  expect(found("Let $x_1$ and \\(y^2\\); then $$x_1 + y^2$$ and\n\\[\n\\frac{1}{2}\n\\]")).toEqual(["x_1", "y^2", "[x_1 + y^2]", "[\\frac{1}{2}]"]);
});

test("prices, escaped dollars and code are none", () => {
  expect(found("It costs $5 and then $10, or $ 3 $.")).toEqual([]);
  expect(found("From \\$a to b$ it goes.")).toEqual([]);
  expect(found("Write `$x$` or ``a ` $y$``:\n\n```tex\n$z$ and \\[w\\]\n```\n\n~~~\n$v$\n~~~\nbut $u$ is one.")).toEqual(["u"]);
  expect(found("```\n$never closed$")).toEqual([]);
});

test("a text that names places itself is left as it is", () => {
  const text = "\uE0000\uE001 and $x$";
  expect(splitMaths(text)).toEqual({ text, formulas: [] });
});

test("a piece of code names its formula", () => {
  const { text, formulas } = splitMaths("So $a$ and $b$.");
  const [, code] = /`([^`]+)`\.$/.exec(text) ?? [];
  expect(formulaNamed(code, formulas)?.tex).toBe("b");
  expect(formulaNamed("b", formulas)).toBeUndefined();
});
