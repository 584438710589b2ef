import { expect, test } from "vitest";
import type { OwnProtection } from "@/work/protection/shapes";
import { builtInCover } from "@/work/seeing/shapes";
import { everything, inputOf, nothingSaid, overlaid, ownCoverAt, standingCover, strictest, withCover } from "./draft";

const own: OwnProtection = {
  categories: [
    { key: "violence", name: "Violence", consent_from: 3, up_to: 2, is_chosen: false },
    { key: "hate", name: "Hate", consent_from: 5, up_to: 0, is_chosen: true },
  ],
  severity_most: 4,
  cover: nothingSaid,
  covers: [],
  budgets: [],
  break_after_minutes: null,
  break_minutes: null,
  inherited: {
    covers: [
      { ...builtInCover, category: "", severity: 1, covered: false, blur: 20 },
      { ...builtInCover, category: "", severity: 3, blur: 60, grey: false },
      { ...builtInCover, category: "violence", severity: 3, blur: 90, size: 50 },
    ],
    budgets: [],
    break_after_minutes: 55,
    break_minutes: 5,
  },
  support: [],
  check_ins: { is_on: false, every_days: 7, question: "", readers: [] },
};

test("only consents the person gave themselves are sent back", () => {
  expect(inputOf(own).consents).toEqual([{ category: "hate", up_to: 0 }]);
});

test("a choice for a kind from a severity on has a row of its own, which goes when nothing is said any more", () => {
  const place = { category: "violence", severity: 3 };
  const said = withCover(inputOf(own), place, { blur: 40 });
  expect(said.covers).toEqual([{ ...nothingSaid, category: "violence", severity: 3, blur: 40 }]);
  expect(ownCoverAt(said, place).blur).toBe(40);
  expect(ownCoverAt(said, { category: "hate", severity: 3 })).toEqual(nothingSaid);
  expect(withCover(said, place, { blur: null }).covers).toEqual([]);
  expect(withCover(inputOf(own), everything, { grey: false }).cover.grey).toBe(false);
});

test("where the person says nothing, the strictest of what the organization says stands", () => {
  const input = inputOf(own);
  expect(standingCover(own, input, { category: "violence", severity: 3 })).toMatchObject({ blur: 90, size: 50, grey: true });
  expect(standingCover(own, input, { category: "hate", severity: 1 })).toMatchObject({ covered: false, blur: 20 });
  const milder = withCover(input, { category: "", severity: 2 }, { grey: false });
  expect(standingCover(own, milder, { category: "violence", severity: 3 }).grey).toBe(false);
  expect(standingCover(own, milder, { category: "violence", severity: 1 }).grey).toBe(true);
  const general = withCover(input, everything, { blur: 10 });
  expect(standingCover(own, general, { category: "violence", severity: 3 }).blur).toBe(10);
});

test("of two covers the strictest has the more of everything", () => {
  const light = { ...builtInCover, covered: false, blur: 0, grey: false, rate: 2 };
  expect(strictest(light, builtInCover)).toEqual(builtInCover);
  expect(overlaid(builtInCover, { ...nothingSaid, covered: false })).toEqual({ ...builtInCover, covered: false });
});
