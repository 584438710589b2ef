import type { components } from "@/api/schema";
import { percent } from "@/ui";

type Schemas = components["schemas"];
type Kind = Schemas["OwnKnownPairOutput"]["kind"];

const kinds: Readonly<Record<Kind, string>> = { gold: "Judgment", attention: "Attention" };

/** What a known pair is there for. */
export function kindWords(kind: Kind): string {
  return kinds[kind];
}

/** "As expected", or the axes on which it was not. */
export function resultWords({ passed, axes }: Pick<Schemas["OwnKnownPairOutput"], "passed" | "axes">): string {
  if (passed) return "As expected";
  return `Differs on ${axes.filter((axis) => !axis.passed).map(({ title }) => title).join(", ")}`;
}

/** "3 of 4 as expected (30 % to 95 %)". */
export function shareWords({ of, counted, low, high }: Schemas["CountedShareOutput"]): string {
  const interval = low === null || high === null ? "" : ` (${percent(low, 0)} to ${percent(high, 0)})`;
  return `${counted} of ${of} as expected${interval}`;
}
