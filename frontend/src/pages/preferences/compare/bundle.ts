import type { components } from "@/api/schema";
import type { Cover } from "@/work/seeing/shapes";

type Schemas = components["schemas"];

export type ComparisonBundle = Schemas["ComparisonBundleOutput"];
export type Axis = Schemas["AxisOutput"];
export type CitableClause = Schemas["CitableClauseOutput"];
export type Message = Schemas["MessageOutput"];
export type Position = Schemas["ShownResponseOutput"]["position"];
export type Form = ComparisonBundle["form"];
/** What is asked of a slate: of one response, or of more than two. */
export type SlateForm = Exclude<Form, "pair">;
/** Where the two responses of a pair stand. */
export type PairPosition = Extract<Position, "first" | "second">;

export const pairPositions: readonly PairPosition[] = ["first", "second"];
export const positionNames: Readonly<Record<Position, string>> = {
  first: "First",
  second: "Second",
  third: "Third",
  fourth: "Fourth",
  fifth: "Fifth",
  sixth: "Sixth",
  seventh: "Seventh",
  eighth: "Eighth",
  ninth: "Ninth",
  tenth: "Tenth",
};

/** The positions of a bundle, in the order shown. */
export function positionsOf(bundle: Pick<Judged, "responses">): readonly Position[] {
  return bundle.responses.map((response) => response.position);
}

/** Media of a response or of messages: the post that holds them, and how it is to be seen. */
export interface ShownMaterial {
  readonly post_id: string;
  readonly protection: { readonly cover: Cover };
}

interface ShownResponse {
  readonly position: Position;
  readonly text: string;
  readonly material?: ShownMaterial | null;
}

/** What judging a pair needs to know of it, on the desk and in review. */
export type Judged = Pick<ComparisonBundle, "form" | "axes" | "clauses" | "language" | "assessment_is_required"> & {
  readonly responses: readonly ShownResponse[];
};

/** The media of the response, if it has any. */
export function materialAt(bundle: Judged, position: Position): ShownMaterial | null {
  return bundle.responses.find((response) => response.position === position)?.material ?? null;
}

/** The response as it was shown. */
export function textAt(bundle: Judged, position: Position): string {
  return bundle.responses.find((response) => response.position === position)?.text ?? "";
}
