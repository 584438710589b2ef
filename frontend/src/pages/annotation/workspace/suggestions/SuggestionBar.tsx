import { Button } from "@mantine/core";
import { IconCheck, IconSparkles, IconX } from "@tabler/icons-react";
import { plural } from "@/ui";
import { useRecords, useWorkspace } from "../context";
import { useKeyHint } from "../keyHints";
import { accept, openItems, reject } from "./items";
import classes from "./suggestions.module.css";

/** How much of what models suggest is still to be decided on, and both ways to decide on all of it. */
export function SuggestionBar() {
  const { store, suggested } = useWorkspace();
  const hint = useKeyHint();
  const open = openItems(useRecords(store), suggested.items);
  if (suggested.items.length === 0) return null;
  return (
    <section className={classes.bar} aria-label="Suggestions">
      <span className={classes.count} role="status">
        <IconSparkles size={15} aria-hidden />
        {open.length === 0 ? "Every suggestion is decided on" : plural(open.length, "suggestion")}
      </span>
      {open.length > 0 && (
        <span className={classes.all}>
          <Button size="compact-xs" variant="default" leftSection={<IconCheck size={13} aria-hidden />} title={hint("Accept all suggestions", "label.suggestions-accept")} onClick={() => accept(store, open)}>
            Accept all
          </Button>
          <Button size="compact-xs" variant="default" leftSection={<IconX size={13} aria-hidden />} title={hint("Reject all suggestions", "label.suggestions-reject")} onClick={() => reject(store, open)}>
            Reject all
          </Button>
        </span>
      )}
    </section>
  );
}
