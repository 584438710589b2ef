import { useState } from "react";
import { useWorkspace } from "../context";
import classes from "./suggestions.module.css";

/** What stands at once; a longer reason is opened by whoever wants the rest. */
const AT_ONCE = { characters: 280, lines: 4 };

function isLong(text: string): boolean {
  return text.length > AT_ONCE.characters || text.split("\n").length > AT_ONCE.lines;
}

/**
 * Why an agent answered as it did, in its own words: a stranger's text, shown as plain letters.
 *
 * It may quote the post, so it stays closed where texts stand behind a line.
 */
export function ModelsReason({ text, model }: { text: string; model: string }) {
  const { seeing } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const isHidden = seeing.text_covered && !isOpen;
  const toggles = seeing.text_covered || isLong(text);
  return (
    <div className={classes.reason}>
      <p className={classes.reasonBy}>Reason written by {model}. Nobody has checked it.</p>
      {!isHidden && (
        <p className={classes.reasonText} dir="auto" data-cut={(!isOpen && isLong(text)) || undefined}>
          {text}
        </p>
      )}
      {toggles && (
        <button type="button" className={classes.reasonMore} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? (seeing.text_covered ? "Hide the reason" : "Show less") : seeing.text_covered ? "Show the reason" : "Show all of it"}
        </button>
      )}
    </div>
  );
}
