import type { Workspace } from "../context";
import { accept, markFrom, reject, type SuggestedItem, timeOf } from "./items";

/** Stand on a suggestion: its question and its part come forward, and a video or sound goes to where it is. */
export function goToSuggestion(workspace: Workspace, one: SuggestedItem | undefined): void {
  workspace.suggested.setCurrent(one?.item ?? null);
  if (one === undefined) return;
  workspace.setActiveKey(one.clauseKey);
  const { region } = one;
  if (region === null || region.kind === "whole_post") return;
  workspace.setActivePart(region.part_id);
  const player = workspace.players.current.get(region.part_id);
  const time = timeOf(region, region.part_id);
  if (player === undefined || time === null) return;
  const { us } = player.place;
  if (us >= time.startUs && us <= time.endUs) return;
  player.pause();
  player.goTo(time.startUs);
}

/** Decide by hand on the suggestion pointed at; what became a mark is chosen, to be changed at once. */
export function decideHere(workspace: Workspace, one: SuggestedItem, how: "accept" | "reject"): void {
  (how === "accept" ? accept : reject)(workspace.store, [one]);
  const mark = markFrom(workspace.store.snapshot(), one.item);
  if (mark !== null) workspace.select(mark.id);
}
