import { Button } from "@mantine/core";
import { missingIn } from "@/editor/labelDocument";
import { plural } from "@/ui";
import { findNothingElse, hasRest } from "./answering";
import { useRecords, useWorkspace } from "./context";
import { KeyOf } from "./keyHints";
import classes from "./Workspace.module.css";

/** How many questions are still open, and the way on. */
export function SubmitBar({ isChecked, onSubmit }: { isChecked: boolean; onSubmit: () => void }) {
  const workspace = useWorkspace();
  const { bundle, store } = workspace;
  const records = useRecords(store);
  const open = new Set(missingIn(records, bundle.clauses).map((missing) => missing.clauseKey)).size;
  const done = bundle.clauses.length - open;
  return (
    <div className={classes.submit}>
      <div className={classes.progress} aria-hidden>
        {bundle.clauses.map((clause, index) => (
          <span key={clause.key} data-done={index < done || undefined} />
        ))}
      </div>
      {hasRest(records, bundle.clauses) && (
        <button type="button" className={classes.rest} onClick={() => findNothingElse(workspace)}>
          {done === 0 ? "Nothing found in any question" : "Nothing else in the questions still open"} <KeyOf command="label.nothing-else" />
        </button>
      )}
      <div className={classes.submitLine}>
        <span className={classes.open} data-problem={(isChecked && open > 0) || undefined} role="status">
          {open === 0 ? "All answered" : `${plural(open, "question")} still open`}
        </span>
        <Button className={classes.send} size="md" variant={open === 0 ? "filled" : "default"} onClick={onSubmit} rightSection={<KeyOf command="label.submit" />}>
          Submit
        </Button>
      </div>
    </div>
  );
}
