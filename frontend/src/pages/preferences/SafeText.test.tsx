import { render, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { mathElements } from "./maths/mathml";
import { SafeText } from "./SafeText";

async function shown(text: string, drawn = 0): Promise<HTMLElement> {
  const { container } = render(<SafeText text={text} />);
  if (drawn > 0) await waitFor(() => expect(container.querySelectorAll("math")).toHaveLength(drawn), { timeout: 10_000 });
  return container;
}

/** Nothing that runs, loads or leads anywhere. */
function expectHarmless(container: HTMLElement): void {
  expect(container.querySelector("script, img, iframe, object, embed, link, style, a[href], form, svg, video, audio, annotation-xml")).toBeNull();
  for (const element of container.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^(href|src|xlink:href|action|style)$/);
      expect(value).not.toMatch(/javascript:|data:/i);
    }
  }
}

test("formulas are drawn as mathematics, in a line and on lines of their own", async () => {
  const container = await shown("Since $a_1 < b^2$ we have\n\n$$\\sum_{i=1}^n i = \\frac{n(n+1)}{2}$$", 2);
  expect(container.querySelector("msub")?.textContent).toBe("a1");
  expect(container.querySelectorAll("math[display=block] mfrac")).toHaveLength(1);
  expectHarmless(container);
});

test("what cannot be read stands as it was written", async () => {
  const container = await shown("First $x$, then $\\frac{1$.", 1);
  expect(container.querySelector("code")?.textContent).toBe("\\frac{1");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "![p](https://tracker.example/p.gif)",
  "[x](javascript:alert(1))",
  "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "```html\n<script>alert(1)</script>\n```",
  "<https://example.org/?a=<script>>",
])("%s does nothing", async (text) => {
  expectHarmless(await shown(text));
});

test.each([
  "$\\href{javascript:alert(1)}{x}$ and $y$",
  "$\\includegraphics{https://tracker.example/p.gif}$ and $y$",
  "$\\htmlData{onclick=alert(1)}{x}$ and $y$",
  "$\\html@mathml{<img src=x onerror=alert(1)>}{x}$ and $y$",
  "$\\text{<img src=x onerror=alert(1)>}$",
  "$\\def\\x{\\x\\x}\\x$ and $y$",
  "$\\rule{1000000em}{1000000em}$",
])("%s does nothing", async (text) => {
  const container = render(<SafeText text={text} />).container;
  await waitFor(() => expect(container.querySelector("math")).not.toBeNull(), { timeout: 10_000 });
  expectHarmless(container);
});

test("of markup only what draws is taken over", () => {
  const hostile =
    "<math href='javascript:alert(1)' onclick='alert(1)'><mi style='color:red' xlink:href='x'>a</mi><mtext><img src=x onerror=alert(1)><script>alert(1)</script></mtext>" +
    "<maction actiontype='statusline'>b</maction><annotation-xml encoding='text/html'><img src=x></annotation-xml></math>";
  const { container } = render(<p>{mathElements(hostile)}</p>);
  expectHarmless(container);
  expect(container.querySelector("mi")?.textContent).toBe("a");
  expect(mathElements("<p>no mathematics</p>")).toBeNull();
});
