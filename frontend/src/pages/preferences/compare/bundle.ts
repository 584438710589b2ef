import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type ComparisonBundle = Schemas["ComparisonBundleOutput"];
export type Axis = Schemas["AxisOutput"];
export type CitableClause = Schemas["CitableClauseOutput"];
export type Message = Schemas["MessageOutput"];
export type Position = "first" | "second";

export const positions: readonly Position[] = ["first", "second"];
export const positionNames: Readonly<Record<Position, string>> = { first: "First", second: "Second" };

/** The response as it was shown. */
export function textAt(bundle: ComparisonBundle, position: Position): string {
  return bundle.responses.find((response) => response.position === position)?.text ?? "";
}
