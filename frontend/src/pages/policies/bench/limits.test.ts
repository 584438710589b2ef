import { describe, expect, it } from "vitest";
import { shareWithin, stoppedBy, usualLimits } from "./limits";
import type { BenchPlan, BenchRun } from "./queries";

const plan = { calls: 48, tokens_in: 23_000, tokens_out: 400, cost: 0.0123 } as unknown as BenchPlan;
const unpriced = { ...plan, cost: null };

describe("where a trial stops", () => {
  it("is at twice the estimate, in money where prices are told and in tokens where not", () => {
    expect(usualLimits(plan)).toEqual({ tokens: null, cost: 0.025 });
    expect(usualLimits(unpriced)).toEqual({ tokens: 47_000, cost: null });
    expect(usualLimits({ ...plan, cost: 0.000_000_3 })).toEqual({ tokens: null, cost: 0.000_01 });
    expect(usualLimits({ ...plan, cost: 0 })).toEqual({ tokens: null, cost: null });
    expect(usualLimits({ ...plan, calls: 0 })).toEqual({ tokens: null, cost: null });
    expect(usualLimits(undefined)).toEqual({ tokens: null, cost: null });
  });

  it("leaves room for a share of the calls", () => {
    expect(shareWithin(plan, usualLimits(plan))).toBe(1);
    expect(shareWithin(plan, { tokens: null, cost: 0.0041 })).toBeCloseTo(1 / 3);
    expect(shareWithin(plan, { tokens: 11_700, cost: 1 })).toBeCloseTo(0.5);
    expect(shareWithin(unpriced, { tokens: null, cost: 0.001 })).toBe(1);
  });

  it("is told of a run that is finished and was stopped", () => {
    const run = { finished_at: "2026-01-01T00:00:00Z", figures: { stopped_by: "cost" } } as unknown as BenchRun;
    expect(stoppedBy(run)).toBe("cost");
    expect(stoppedBy({ ...run, finished_at: null })).toBeNull();
    expect(stoppedBy({ ...run, figures: { ...run.figures, stopped_by: "" } } as BenchRun)).toBeNull();
  });
});
