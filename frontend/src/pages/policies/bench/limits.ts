import type { Limits } from "@/asking";
import type { BenchPlan, BenchRun } from "./queries";

/** Twice what it should take: enough for an estimate that is off, and no surprise where something goes wrong. */
const ROOM = 2;
/** The server takes money to the sixth place. */
const LEAST_COST = 0.000_01;

/** The limits a trial has unless somebody says otherwise: of money where prices are told, else of tokens. */
export function usualLimits(plan: BenchPlan | undefined): Limits {
  if (plan === undefined || plan.calls === 0) return { tokens: null, cost: null };
  if (plan.cost === null) return { tokens: roundedUp((plan.tokens_in + plan.tokens_out) * ROOM), cost: null };
  return { tokens: null, cost: plan.cost > 0 ? Math.max(roundedUp(plan.cost * ROOM), LEAST_COST) : null };
}

/** Which share of the calls the limits leave room for, by the estimate; 1 where all of them. */
export function shareWithin(plan: BenchPlan, limits: Limits): number {
  const tokens = plan.tokens_in + plan.tokens_out;
  const shares = [
    limits.tokens === null || tokens === 0 ? 1 : limits.tokens / tokens,
    limits.cost === null || plan.cost === null || plan.cost === 0 ? 1 : limits.cost / plan.cost,
  ];
  return Math.min(1, ...shares);
}

/** What stopped a finished trial before all was asked; null where nothing did. */
export function stoppedBy(run: BenchRun): "tokens" | "cost" | null {
  const said = run.finished_at === null ? "" : (run.figures?.stopped_by ?? "");
  return said === "tokens" || said === "cost" ? said : null;
}

/** Up to two figures that count: 0.0123 → 0.013, 48 213 → 49 000. */
function roundedUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2));
}
