import { Time } from "@/ui";
import type { Release } from "../shapes";
import classes from "./ReviewNotes.module.css";

/** What reviewers said, and what is still missing on the way to a release. */
export function ReviewNotes({ release }: { release: Release }) {
  const isOpen = release.state === "in_review";
  if (release.approvals.length === 0 && !isOpen) return null;
  return (
    <aside className={classes.box} aria-label="Review">
      {release.approvals.length === 0 && (
        <p>Handed in{release.submitted_by === null ? "" : ` by ${release.submitted_by.display_name}`}. Nobody has reviewed it yet.</p>
      )}
      <ul className={classes.list}>
        {release.approvals.map((approval) => (
          <li key={approval.id}>
            <strong>{approval.person.display_name}</strong>{" "}
            {approval.verdict === "approved" ? "approved" : "asked for changes"}{" "}
            <Time at={approval.created_at} />
            {isOpen && approval.verdict === "approved" && !approval.counts && " (an earlier text)"}
            {approval.note !== "" && <q className={classes.note}>{approval.note}</q>}
          </li>
        ))}
      </ul>
    </aside>
  );
}
