import type { Chosen } from "@/editor/choosing";
import type { Point, Rectangle, Size } from "@/editor/geometry";
import type { RecordId, Shape } from "@/editor/records";
import type { Placed } from "@/editor/tools/place";
import type { ViewState } from "@/editor/view";

/** Everything there is to draw on one picture. */
export interface Scene {
  /** From the bottom to the top, without what is hidden. */
  readonly placed: readonly Placed[];
  /** What models propose and nobody has decided on; under everything else. */
  readonly suggested: readonly Suggestible[];
  /** The mark chosen last. */
  readonly selected: RecordId | null;
  readonly chosen: Chosen;
  readonly isReadOnly: boolean;
  /** The question being answered; marks of others are dashed. */
  readonly activeKey: string;
  readonly look: (clauseKey: string) => Look;
  readonly opacity: number;
  /** Of marks that were filled otherwise than the rest. */
  readonly opacities: ReadonlyMap<RecordId, number>;
  readonly picture: Size;
  readonly window: Size;
  readonly view: ViewState;
  /** While the picture is zoomed or moved: of a crowd only the lines are drawn. */
  readonly isMoving: boolean;
  /** An outline or a box on the way. */
  readonly preview: Shape | null;
  /** A stretch of the picture being chosen from. */
  readonly band: Rectangle | null;
  /** Where the brush stands, in pixels of the asset. */
  readonly brush: { readonly at: Point; readonly radius: number; readonly isEraser: boolean } | null;
}

/** A proposed mark: how sure the model is stands beside it, and the one the keyboard is at is drawn stronger. */
export interface Suggestible extends Placed {
  readonly item: string;
  readonly words: string;
  readonly isCurrent: boolean;
}

/** How the marks of one question are told apart: by colour and by number; in review, people also by their line. */
export interface Look {
  readonly hue: string;
  readonly number: number;
  /** Lengths of strokes and gaps; null where the line tells something else. */
  readonly dash: readonly number[] | null;
}

/** Lines of several people's marks, in their order: solid, dashed, dotted, dash and dot. */
export const lineStyles: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [8, 3, 2, 3]];
