import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCloudOff, IconDatabaseOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { plural } from "@/ui";
import type { FinishedAnswer, KeptDraft } from "./journal";
import type { WorkOutbox } from "./outbox";
import type { WorkWords } from "./workWords";
import classes from "./WorkRoom.module.css";

/** Finished answers that are not with the server yet, or that it sent back. */
export function OutboxNotice<Kept extends KeptDraft, Finished extends FinishedAnswer>({
  words,
  outbox,
  nameOf,
  onOpen,
}: {
  words: WorkWords;
  outbox: WorkOutbox<Kept, Finished>;
  /** What the person would call the thing answered. */
  nameOf: (entry: Finished) => string;
  onOpen: (leaseId: string) => void;
}) {
  const { waiting, isOffline, refused, isFull, unkept } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  const isHeldUp = isOffline && waiting.length > 0;
  if (refused.length === 0 && !isHeldUp && !isFull) return null;
  return (
    <div className={classes.outbox}>
      {isFull && (
        <div className={classes.letter} data-tone="bad" role="alert">
          <IconDatabaseOff size={17} aria-hidden />
          <p>
            This browser has no room left to keep work on this machine. You can go on: it is sent to Concord at once, and what is sent is safe.
            Free some space on the disk, or delete what other sites keep here.
          </p>
        </div>
      )}
      {isHeldUp && (
        <div className={classes.letter} role="status">
          <IconCloudOff size={17} aria-hidden />
          <p>
            {unkept.length === 0
              ? `${plural(waiting.length, `finished ${words.answer}`)} kept on this machine; sent as soon as Concord can be reached.`
              : `${plural(unkept.length, `finished ${words.answer}`)} on this page only: keep it open. Sent as soon as Concord can be reached.`}
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
            <strong>{nameOf(entry)}</strong>: {sentence}
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
