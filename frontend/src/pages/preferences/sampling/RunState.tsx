import { StatusBadge } from "@/ui";
import type { SamplingRun } from "./queries";

/** How a run stands; one that ended before its time says why. */
export function RunState({ run }: { run: SamplingRun }) {
  if (run.finished_at === null) return <StatusBadge state={run.job?.state ?? "pending"} />;
  return run.stopped_by === "" ? <StatusBadge state="done" /> : <StatusBadge state="paused" label="Stopped by its limit" />;
}
