import { StatusBadge } from "@/ui";
import type { Run } from "./queries";

/** How a run stands. */
export function RunState({ run }: { run: Run }) {
  if (run.finished_at !== null) return <StatusBadge state="done" {...(run.helps_choosing ? { label: "Chooses pairs" } : {})} />;
  if (run.job === null) return <StatusBadge state="pending" />;
  return <StatusBadge state={run.job.state} />;
}
