import { Textarea, TextInput } from "@mantine/core";
import { Panel } from "@/ui";
import type { Arrangement } from "./arranging";
import classes from "./importing.module.css";

/** What the policy is called, and the text that belongs to no single clause. */
export function PolicyHead({
  arrangement,
  isNew,
  onChange,
}: {
  arrangement: Arrangement;
  isNew: boolean;
  onChange: (change: Partial<Arrangement>) => void;
}) {
  return (
    <Panel>
      <div className={classes.head}>
        <TextInput
          label="Title"
          maxLength={500}
          value={arrangement.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        <TextInput
          label="Key"
          description={isNew ? "Releases are cited by it. It never changes." : "The policy has its key already."}
          maxLength={64}
          disabled={!isNew}
          value={arrangement.key}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
        {arrangement.notes !== "" && (
          <Textarea
            className={classes.wide}
            label="Notes of the draft"
            description="What stands above the clauses and belongs to none of them. Readers of the release see it first."
            autosize
            minRows={2}
            maxRows={7}
            dir="auto"
            value={arrangement.notes}
            onChange={(event) => onChange({ notes: event.currentTarget.value })}
          />
        )}
      </div>
    </Panel>
  );
}
