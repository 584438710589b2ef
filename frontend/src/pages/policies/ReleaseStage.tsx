import { StatusBadge } from "@/ui";
import type { ReleaseBrief } from "./shapes";

/** Where a release is on its way: draft, in review, approved, released, in effect; then retired. */
export function ReleaseStage({
  release,
  isInEffect = false,
}: {
  release: Pick<ReleaseBrief, "state" | "is_approved" | "effective_at">;
  isInEffect?: boolean;
}) {
  if (release.is_approved) return <StatusBadge state="ready" label="Approved" />;
  if (release.state !== "released") return <StatusBadge state={release.state} />;
  if (isInEffect) return <StatusBadge state="released" label="In effect" />;
  const isComing = release.effective_at !== null && new Date(release.effective_at) > new Date();
  return <StatusBadge state="released" label={isComing ? "Released, in effect later" : "Released"} />;
}

/** "Draft from release 1 by Pia": two drafts are told apart by who began them. */
export function draftName(release: Pick<ReleaseBrief, "based_on" | "created_by">): string {
  const origin = release.based_on === null ? "First draft" : `Draft from release ${release.based_on.number ?? ""}`;
  return `${origin} by ${release.created_by.display_name}`;
}
