import { SeverityMark } from "@/ui";
import { Prose } from "@/ui/Prose";
import { ExampleMedia } from "@/work/rule/ExampleMedia";
import type { ClauseText, ExampleItem, Release } from "../shapes";
import classes from "./Examples.module.css";

/** Examples as quotations, each with its ruling and the reason. */
export function Examples({
  items,
  document,
  release,
}: {
  items: readonly ExampleItem[];
  document: ClauseText;
  /** The release they stand in, by which what they show is found. */
  release?: Pick<Release, "id" | "policy"> | undefined;
}) {
  return (
    <ul className={classes.list}>
      {items.map((item, at) => (
        <li key={at}>
          {item.text !== "" && (
            <blockquote className={classes.quote} dir="auto">
              {item.text}
            </blockquote>
          )}
          {release !== undefined && (
            <ExampleMedia projectId={release.policy.project_id} releaseId={release.id} media={item.media} label={`example ${at + 1}`} />
          )}
          <div className={classes.under}>
            <Ruling item={item} document={document} />
            {item.why !== "" && <Prose text={item.why} size="small" />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Ruling({ item, document }: { item: ExampleItem; document: ClauseText }) {
  const answer = document.answers.find((candidate) => candidate.value === item.ruling);
  const at = document.severities.findIndex((step) => step.value === item.severity);
  if (item.ruling === "") return null;
  return (
    <span className={classes.ruling} data-harmful={answer?.harmful === true || undefined}>
      {answer?.label ?? item.ruling}
      {at >= 0 && (
        <SeverityMark rank={at + 1} of={document.severities.length} label={document.severities[at]?.label.split(":")[0]} />
      )}
    </span>
  );
}
