import { count, StatusBadge, type Tone } from "@/ui";
import { CountLink } from "../records/CountLink";
import { nounOf } from "../records/place";
import type { BlockDifference, ClauseDifference, ItemDifference, Outcomes, Segment, Succession } from "../shapes";
import { blockTitles, changeLooks, consequenceOf, fieldWords } from "../wording";
import classes from "./ClauseChanges.module.css";
import { Words } from "./Words";

export type Layout = "inline" | "side by side";

const statusTones: Readonly<Record<ClauseDifference["status"], Tone>> = {
  added: "good",
  removed: "bad",
  changed: "info",
  unchanged: "neutral",
};

/** One clause in two releases. */
export function ClauseChanges({
  clause,
  why = "",
  gone,
  outcome,
  where,
  layout,
}: {
  clause: ClauseDifference;
  why?: string;
  /** What took its place, where the release asks it no more. */
  gone?: Succession | undefined;
  /** How many decisions it has, and what becomes of them. */
  outcome?: Outcomes["clauses"][number] | undefined;
  /** The releases whose decisions are counted. */
  where: { projectId: string; releaseId: string; against: string };
  layout: Layout;
}) {
  return (
    <section className={classes.clause} data-change tabIndex={-1} aria-labelledby={`change-${clause.key}`}>
      <header className={classes.head}>
        <h2 className={classes.title} id={`change-${clause.key}`}>
          {clause.title}
        </h2>
        <StatusBadge state={clause.status} label={labelOf(clause)} {...lookOf(clause)} />
        {clause.is_moved && <StatusBadge state="moved" label="Moved" />}
        <span className={classes.meaning}>{meaningOf(clause)}</span>
      </header>
      <p className={classes.consequence} data-held={clause.is_held || undefined}>
        {consequenceOf(clause)}
        {clause.is_assumed && " The authors have not decided yet; this is what Concord proposes."}
        {gone !== undefined && ` ${succeededBy(gone)}`}
        {outcome !== undefined && outcome.decisions > 0 && (
          <>
            {" "}
            <CountLink
              projectId={where.projectId}
              releaseId={where.releaseId}
              place={{ against: where.against, becomes: outcome.becomes, clause: clause.key }}
            >
              {count(outcome.decisions)} {nounOf("decisions", outcome.decisions)} {becomes[outcome.becomes]}
            </CountLink>
            .
          </>
        )}
      </p>
      {why !== "" && (
        <p className={classes.author}>
          <strong>The author’s why:</strong> {why}
        </p>
      )}
      {clause.proposal !== null && <Reasons clause={clause} />}
      {clause.fields_changed.map((field) => (
        <Row key={field.field} name={fieldWords[field.field] ?? field.field}>
          <Compared segments={field.segments} layout={layout} />
        </Row>
      ))}
      {clause.blocks.map((block) => (
        <Row key={block.id} name={blockTitles[block.type as keyof typeof blockTitles]}>
          <BlockChanges block={block} layout={layout} />
        </Row>
      ))}
    </section>
  );
}

const becomes: Readonly<Record<Outcomes["clauses"][number]["becomes"], string>> = {
  holds: "would keep holding",
  asked_again: "would be asked again",
  no_longer_asked: "would no longer be asked",
};

function succeededBy(gone: Succession): string {
  const why = gone.reason === "" ? "" : ` (${gone.reason})`;
  if (gone.kind === "split") return `Split into ${gone.to_keys.join(" and ")}${why}.`;
  if (gone.kind === "merged") return `Merged into ${gone.to_keys.join(" and ")}${why}.`;
  return `Retired${why}.`;
}

function Reasons({ clause }: { clause: ClauseDifference }) {
  return (
    <details className={classes.reasons}>
      <summary>What Concord compared to propose this</summary>
      <ul>
        {clause.proposal?.reasons.map((reason, at) => (
          <li key={at}>
            {reason.sentence} <em>{reason.speaks_for === "semantic" ? "Speaks for a new meaning." : "Speaks for wording only."}</em>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.row}>
      <h3 className={classes.name}>{name}</h3>
      <div>{children}</div>
    </div>
  );
}

function BlockChanges({ block, layout }: { block: BlockDifference; layout: Layout }) {
  if (block.items.length === 0) return <Compared segments={block.segments} layout={layout} />;
  return (
    <ul className={classes.items}>
      {block.items
        .filter((item) => item.status !== "unchanged")
        .map((item, at) => (
          <ItemChanges key={at} item={item} layout={layout} />
        ))}
    </ul>
  );
}

function ItemChanges({ item, layout }: { item: ItemDifference; layout: Layout }) {
  return (
    <li className={classes.item}>
      <span className={classes.itemStatus}>
        <StatusBadge state={item.status} tone={statusTones[item.status]} label={labels[item.status]} />
        {item.ruling_before !== item.ruling_after && item.status === "changed" && (
          <span>
            ruling <code>{item.ruling_before}</code> → <code>{item.ruling_after}</code>
          </span>
        )}
      </span>
      <Compared segments={item.text} layout={layout} />
      {item.why.length > 0 && (
        <div className={classes.why}>
          <Compared segments={item.why} layout={layout} />
        </div>
      )}
    </li>
  );
}

function Compared({ segments, layout }: { segments: readonly Segment[]; layout: Layout }) {
  if (layout === "inline") return <Words segments={segments} />;
  return (
    <div className={classes.sides}>
      <div>
        <span className={classes.side}>Before</span>
        <Words segments={segments} side="before" />
      </div>
      <div>
        <span className={classes.side}>After</span>
        <Words segments={segments} side="after" />
      </div>
    </div>
  );
}

const labels: Readonly<Record<ClauseDifference["status"], string>> = {
  added: "New",
  removed: "Removed",
  changed: "Changed",
  unchanged: "Unchanged",
};

function lookOf(clause: ClauseDifference) {
  if (clause.status === "added") return changeLooks.new;
  if (clause.status === "changed") return clause.is_held ? changeLooks.editorial : changeLooks.semantic;
  return { tone: statusTones[clause.status] };
}

function labelOf(clause: ClauseDifference): string {
  if (clause.status !== "changed") return labels[clause.status];
  return clause.is_held ? "Wording only" : "Changes meaning";
}

function meaningOf(clause: ClauseDifference): string {
  if (clause.meaning_before === null) return clause.meaning_after === null ? "" : `meaning ${clause.meaning_after}`;
  if (clause.meaning_after === null) return `meaning ${clause.meaning_before}, ends here`;
  if (clause.meaning_after === clause.meaning_before) return `meaning ${clause.meaning_before}, kept`;
  return `meaning ${clause.meaning_before} → ${clause.meaning_after}`;
}
