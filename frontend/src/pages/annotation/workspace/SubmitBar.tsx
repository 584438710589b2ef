import { Button } from "@mantine/core";
import { missingIn } from "@/editor/labelDocument";
import { Kbd, plural } from "@/ui";
import { useRecords, useWorkspace } from "./context";
import classes from "./Workspace.module.css";

/** How many questions are still open, and the way on. */
export function SubmitBar({ isChecked, onSubmit }: { isChecked: boolean; onSubmit: () => void }) {
  const { bundle, store } = useWorkspace();
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
      <div className={classes.submitLine}>
        <span className={classes.open} data-problem={(isChecked && open > 0) || undefined} role="status">
          {open === 0 ? "All answered" : `${plural(open, "question")} still open`}
        </span>
        <Button className={classes.send} size="md" variant={open === 0 ? "filled" : "default"} onClick={onSubmit} rightSection={<Kbd keys="mod+Enter" quiet />}>
          Submit
        </Button>
      </div>
    </div>
  );
}
