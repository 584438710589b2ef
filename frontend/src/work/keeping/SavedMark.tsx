import { Tooltip } from "@mantine/core";
import { IconCloudCheck, IconCloudOff, IconCloudUp } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import classes from "./SavedMark.module.css";
import type { Saved } from "./session";

const savedWords: Readonly<Record<Exclude<Saved, "gone">, string>> = {
  saved: "Saved",
  saving: "Saving",
  here_only: "Kept on this machine; it will be sent when Concord can be reached",
  nowhere: "Concord cannot be reached, and this browser has no room to keep it: leave this page open",
  conflict: "Changed elsewhere",
};

const shortWords: Readonly<Partial<Record<Saved, string>>> = { here_only: "Kept here", nowhere: "Not kept" };

/** What the mark reads of the work on a task. */
interface Watched {
  subscribe: (listener: () => void) => () => void;
  snapshot: () => { readonly saved: Saved };
}

/** Whether the work on this task is safe, and where it lies. */
export function SavedMark({ session, thing }: { session: Watched; thing: string }) {
  const { saved } = useSyncExternalStore(session.subscribe, session.snapshot);
  const Icon = saved === "saved" ? IconCloudCheck : saved === "saving" ? IconCloudUp : IconCloudOff;
  const words = saved === "gone" ? `This ${thing} was taken back` : savedWords[saved];
  return (
    <Tooltip label={words}>
      <span className={classes.saved} data-state={saved} role="status">
        <Icon size={16} aria-hidden />
        <span>{shortWords[saved] ?? words}</span>
      </span>
    </Tooltip>
  );
}
