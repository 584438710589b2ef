import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { plural } from "@/ui";
import type { Outbox } from "./keeping/outbox";
import classes from "./LabelRoom.module.css";

/** Finished answers that are not with the server yet, or that it sent back. */
export function OutboxNotice({ outbox, onOpen }: { outbox: Outbox; onOpen: (leaseId: string) => void }) {
  const { waiting, isOffline, refused } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  if (refused.length === 0 && !(isOffline && waiting.length > 0)) return null;
  return (
    <div className={classes.outbox}>
      {isOffline && waiting.length > 0 && (
        <div className={classes.letter} role="status">
          <IconCloudOff size={17} aria-hidden />
          <p>
            {plural(waiting.length, "finished answer")} kept on this machine; sent as soon as Concord can be reached.
          </p>
          <Button size="xs" variant="default" onClick={outbox.now}>
            Try now
          </Button>
        </div>
      )}
      {refused.map(({ entry, sentence }) => (
        <div key={entry.submissionId} className={classes.letter} data-tone="bad" role="alert">
          <IconAlertTriangle size={17} aria-hidden />
          <p>
            <strong>{entry.postName}</strong>: {sentence}
          </p>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              void outbox.withdraw(entry).then(() => onOpen(entry.leaseId));
            }}
          >
            Look at it
          </Button>
        </div>
      ))}
    </div>
  );
}
