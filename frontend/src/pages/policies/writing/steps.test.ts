import { expect, it } from "vitest";
import { stepsWith, stepsWithout } from "./steps";

const step = (value: string, label: string) => ({ value, label, harmful: false });

it("steps count from 0, two at first", () => {
  expect(stepsWith([])).toEqual([step("0", ""), step("1", "")]);
  expect(stepsWith([step("0", "Wrong"), step("1", "Right")]).map(({ value }) => value)).toEqual(["0", "1", "2"]);
});

it("what is left counts from 0 again, and one alone is none", () => {
  const three = [step("0", "Wrong"), step("1", "Partly"), step("2", "Right")];
  expect(stepsWithout(three, 0)).toEqual([step("0", "Partly"), step("1", "Right")]);
  expect(stepsWithout(three.slice(0, 2), 0)).toEqual([]);
});
