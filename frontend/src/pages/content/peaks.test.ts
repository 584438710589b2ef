import { describe, expect, it } from "vitest";
import { outlinePath, readPeaks } from "./peaks";

describe("the outline of a sound", () => {
  it("is refused when it is not one", () => {
    for (const wrong of [null, {}, { low: [1], high: [1, 2] }, { low: ["1"], high: ["1"] }]) {
      expect(() => readPeaks(wrong)).toThrow("cannot be read");
    }
  });
  it("keeps the loudest value of every column", () => {
    const peaks = readPeaks({ rate_hz: 48_000, samples_per_peak: 480, low: [0, -127, 0, 0], high: [0, 0, 127, 0] });
    expect(outlinePath(peaks, 2, 100)).toBe("M0.0 49.6L1.0 0.0L1.0 50.4L0.0 100.0Z");
  });
  it("draws nothing for silence of no length", () => {
    expect(outlinePath(readPeaks({ low: [], high: [] }), 10, 10)).toBe("");
  });
});
