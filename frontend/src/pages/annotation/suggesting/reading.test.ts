import { expect, it } from "vitest";
import { pointsWords, timeDifferenceWords, timingWords } from "./reading";

it("tells differences with their sign and interval, and nothing where there is none", () => {
  const figure = { value: 0.123, low: -0.02, high: 0.301, undefined_because: null };
  expect(pointsWords(figure)).toEqual({ value: "+12 points", range: "−2 to +30" });
  expect(pointsWords({ ...figure, value: 0.001, low: null, high: null })).toEqual({ value: "0 points", range: "" });
  expect(pointsWords({ value: null, low: null, high: null, undefined_because: "No task." })).toBeNull();
  expect(timeDifferenceWords({ ...figure, value: -2000, low: -4000, high: 0 })?.value).toBe("−2 s");
  expect(timingWords("after_answer")).toBe("Only after the person has answered");
});
