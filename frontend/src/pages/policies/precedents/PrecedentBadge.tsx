import { StatusBadge } from "@/ui";
import type { Precedent } from "./queries";

/** Where a precedent stands. One whose rule means something else by now says so before anything else. */
export function PrecedentBadge({ precedent }: { precedent: Pick<Precedent, "state" | "holds"> }) {
  if (precedent.state === "retired") return <StatusBadge state="retired" />;
  if (!precedent.holds) return <StatusBadge state="stale" tone="wait" label="Holds no more" />;
  if (precedent.state === "approved") return <StatusBadge state="released" label="Approved" />;
  return <StatusBadge state="in_review" label="To approve" />;
}
