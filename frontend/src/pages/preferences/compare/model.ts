import type { ComparisonBundle, Judged, Position } from "./bundle";
import type { AxisAnswer, Judgment } from "./judgment";

/** What the scale of an axis needs. */
export interface ScaleModel {
  /** The commands of the scale are this room's: "compare.step-1". */
  readonly room: string;
  /** What the two responses are called here. */
  readonly names: Readonly<Record<Position, string>>;
  readonly judgment: Pick<Judgment, "axes">;
  /** What was answered under an earlier meaning, marked on the scale. */
  readonly oldAnswers: ComparisonBundle["old_answers"];
  readonly activeKey: string;
  readonly setActiveKey: (key: string) => void;
  /** Answer an axis, and go on to the next open one. */
  readonly answer: (axisKey: string, answer: AxisAnswer) => void;
}

/** What the parts share by which a pair is judged. */
export interface DeskModel extends ScaleModel {
  readonly bundle: Judged;
  /** By which media are looked at; null in review. */
  readonly leaseId: string | null;
  readonly judgment: Judgment;
  /** What was held of single responses under an earlier meaning. */
  readonly oldRatings: ComparisonBundle["old_ratings"];
  readonly oldCitations: ComparisonBundle["old_citations"];
  readonly change: (next: Judgment, options?: { isStep?: boolean }) => void;
  /** Open the editor for a better version; null puts it away. */
  readonly rewrite: (position: Position, text: string | null) => void;
}

/** The keys of the responses work on the desk alone: elsewhere their letters mean something else. */
export function hasResponseKeys(model: ScaleModel): boolean {
  return model.room === "compare";
}
