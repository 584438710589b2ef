import { IconAlertTriangle, IconCheck, IconCloudUp, IconGitMerge, IconPencil, type TablerIcon } from "@tabler/icons-react";
import { sentenceOf } from "@/api/problem";
import type { Entry, Phase } from "./ClauseDesk";
import classes from "./SaveState.module.css";

const looks: Readonly<Record<Phase, readonly [TablerIcon, string]>> = {
  saved: [IconCheck, "Saved"],
  unsaved: [IconPencil, "Writing"],
  saving: [IconCloudUp, "Saving"],
  conflict: [IconGitMerge, "Two versions: choose one"],
  left: [IconAlertTriangle, "Not saved: it has no place any more"],
  failed: [IconAlertTriangle, "Not saved; it will be tried again"],
};

/** Whether what stands here is safe. */
export function SaveState({ entry }: { entry: Entry | undefined }) {
  if (entry === undefined) return null;
  const [Icon, words] = looks[entry.phase];
  return (
    <p className={classes.state} role="status" data-phase={entry.phase}>
      <Icon size={16} aria-hidden />
      {words}
      {entry.phase === "saved" && <span className={classes.version}>version {entry.clause.version}</span>}
      {entry.phase === "failed" && <span className={classes.why}>{sentenceOf(entry.error)}</span>}
    </p>
  );
}
