import { IconCheck, IconX } from "@tabler/icons-react";
import type { Ref } from "react";
import { decimal } from "@/ui/numbers";
import { useWorkspace } from "../context";
import { KeyOf } from "../keyHints";
import { decideHere } from "./going";
import type { SuggestedItem } from "./items";
import classes from "./flag.module.css";

/** The small bar beside the suggestion that is pointed at: both ways to decide on it. */
export function SuggestionFlag({ one, ref, isInLine = false }: { one: SuggestedItem; ref?: Ref<HTMLDivElement>; isInLine?: boolean }) {
  const workspace = useWorkspace();
  const sure = one.confidence === null ? "" : `, ${decimal(one.confidence)}`;
  return (
    <div
      ref={ref}
      className={classes.flag}
      data-in-line={isInLine || undefined}
      role="toolbar"
      aria-label={`Suggested by ${one.model}${sure}`}
      // The keys stay with the work.
      onMouseDown={(event) => event.preventDefault()}
    >
      <button type="button" className={classes.decide} onClick={() => decideHere(workspace, one, "accept")}>
        <IconCheck size={15} aria-hidden />
        Accept
        <KeyOf command="label.suggestion-accept" />
      </button>
      <button type="button" className={classes.decide} onClick={() => decideHere(workspace, one, "reject")}>
        <IconX size={15} aria-hidden />
        Reject
        <KeyOf command="label.suggestion-reject" />
      </button>
    </div>
  );
}
