import { Radio, Textarea } from "@mantine/core";
import { StatusBadge } from "@/ui";
import { changeLooks, changeWords } from "../wording";
import type { Decision, Entry } from "./ClauseDesk";
import classes from "./DecisionCard.module.css";
import panel from "./SidePanel.module.css";

/** Does this edit change what the clause means? The rule proposes, the author decides and says why. */
export function DecisionCard({
  entry,
  baseNumber,
  onDecide,
  onExplain,
}: {
  entry: Entry;
  baseNumber: number;
  onDecide: (decision: Decision) => void;
  onExplain: (reason: string) => void;
}) {
  const { clause } = entry;
  const proposal = clause.proposal;
  if (clause.change === "new" || proposal === null) {
    return (
      <section className={panel.card}>
        <h2 className={panel.title}>Meaning</h2>
        <p>New in this release: nobody has answered it yet.</p>
      </section>
    );
  }
  if (clause.change === "none" && entry.phase === "saved") {
    return (
      <section className={panel.card}>
        <h2 className={panel.title}>Meaning</h2>
        <p>The same text as in release {baseNumber}.</p>
      </section>
    );
  }
  const decided = entry.decision ?? (clause.change === "editorial" || clause.change === "semantic" ? clause.change : null);
  const isStale = entry.decision === null && decided !== null && !clause.is_decision_current;
  return (
    <section className={panel.card}>
      <h2 className={panel.title}>Does the meaning change?</h2>
      {proposal.change !== "none" && (
        <div className={classes.proposal}>
          <span>
            The rule proposes{" "}
            <StatusBadge state={proposal.change} label={changeWords[proposal.change]} {...changeLooks[proposal.change]} />
          </span>
          <ul>
            {proposal.reasons.slice(0, 4).map((reason, at) => (
              <li key={at}>{reason.sentence}</li>
            ))}
          </ul>
        </div>
      )}
      <Radio.Group
        aria-label="Does the meaning change?"
        value={isStale ? "" : (decided ?? "")}
        onChange={(value) => onDecide(value === "semantic" ? "semantic" : "editorial")}
      >
        <div className={classes.choices}>
          <Radio value="editorial" label="Wording only" description={`Answers under release ${baseNumber} keep holding.`} />
          <Radio value="semantic" label="Changes meaning" description={`Answers under release ${baseNumber} stop holding.`} />
        </div>
      </Radio.Group>
      {isStale && <p className={classes.stale}>The text changed after you decided. Decide again for this text.</p>}
      <Textarea
        label="Why"
        size="xs"
        minRows={2}
        maxLength={2000}
        placeholder="One sentence for reviewers and for the record."
        value={entry.reason}
        onChange={(event) => onExplain(event.currentTarget.value)}
      />
    </section>
  );
}
