import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { plural } from "@/ui";
import type { JudgmentOutbox } from "./CompareRoom";
import classes from "./CompareRoom.module.css";

/** Finished judgments that are not with the server yet, or that it sent back. */
export function LettersNotice({ outbox, onOpen }: { outbox: JudgmentOutbox; onOpen: (leaseId: string) => void }) {
  const { waiting, isOffline, refused } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  const isHeldUp = isOffline && waiting.length > 0;
  if (refused.length === 0 && !isHeldUp) return null;
  return (
    <div className={classes.outbox}>
      {isHeldUp && (
        <div className={classes.letter} role="status">
          <IconCloudOff size={17} aria-hidden />
          <p>{plural(waiting.length, "finished judgment")} kept on this machine; sent as soon as Concord can be reached.</p>
          <Button size="xs" variant="default" onClick={outbox.now}>
            Try now
          </Button>
        </div>
      )}
      {refused.map(({ entry, sentence }) => (
        <div key={entry.submissionId} className={classes.letter} data-tone="bad" role="alert">
          <IconAlertTriangle size={17} aria-hidden />
          <p>
            <strong>{entry.name}</strong>: {sentence}
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
