import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, count, EmptyState, ErrorState, LoadingState, plural, QueryView, useShortcuts } from "@/ui";
import { PrecisionMeter } from "../PrecisionMeter";
import { type Release, releaseQuery, type Scan, type Suspect, suspectsPage } from "../queries";
import { CoveredPost } from "./CoveredPost";
import { Evidence } from "./Evidence";
import { SuspectList } from "./SuspectList";
import classes from "./SuspectRoom.module.css";
import { VerdictBar } from "./VerdictBar";

/** Where a reviewer goes through what a scan doubts, one after the other. */
export function SuspectRoom({ scan }: { scan: Scan }) {
  const release = useQuery(releaseQuery(scan.release_id));
  return (
    <div className={classes.room}>
      <header className={classes.header}>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          Suspects
        </h1>
        <AppLink to={`/p/${scan.project_id}/scans/${scan.id}`}>
          Scan of {scan.clause_keys.length === 1 ? scan.clause_keys[0] : plural(scan.clause_keys.length, "clause")}
        </AppLink>
        <span className={classes.grow} />
        <span className={classes.soft} role="status">
          {count(scan.pending_count)} to review, {count(scan.precision.total)} reviewed
        </span>
        <PrecisionMeter share={scan.precision} />
      </header>
      <QueryView query={release} loading={<Quiet><LoadingState label="Loading the clauses" /></Quiet>}>
        {(found) => <Waiting scan={scan} release={found} />}
      </QueryView>
    </div>
  );
}

function Waiting({ scan, release }: { scan: Scan; release: Release }) {
  const suspects = usePages(["suspects", scan.id, "pending"], (cursor) => suspectsPage(scan.id, "pending", cursor));
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const open = suspects.rows.filter((row) => !done.has(row.id));
  const at = Math.max(open.findIndex((row) => row.id === chosen), 0);
  const current = open[at];
  const go = (by: number): void => {
    const next = open[Math.min(Math.max(at + by, 0), open.length - 1)];
    if (next !== undefined) setChosen(next.id);
    if (at + by >= open.length - 5 && suspects.hasNextPage && !suspects.isFetchingNextPage) void suspects.fetchNextPage();
  };
  const settled = (id: string): void => {
    const next = open[at + 1] ?? open[at - 1];
    setDone((before) => new Set([...before, id]));
    setChosen(next?.id ?? null);
    if (open.length < 5 && suspects.hasNextPage && !suspects.isFetchingNextPage) void suspects.fetchNextPage();
  };
  useShortcuts([
    { id: "suspects.next", label: "Next suspect", keys: ["ArrowDown", "j"], group: "Getting about", run: () => go(1) },
    { id: "suspects.previous", label: "Previous suspect", keys: ["ArrowUp", "k"], group: "Getting about", run: () => go(-1) },
  ]);
  if (suspects.error !== null && suspects.rows.length === 0) {
    return <Quiet><ErrorState error={suspects.error} onRetry={suspects.refetch} /></Quiet>;
  }
  if (suspects.isPending) return <Quiet><LoadingState label="Loading suspects" lines={7} /></Quiet>;
  if (current === undefined) return <Quiet><AllReviewed scan={scan} /></Quiet>;
  const documentOf = (suspect: Suspect) => release.clauses.find((clause) => clause.key === suspect.clause_key)?.document;
  const labelOf = (suspect: Suspect, value: string): string =>
    documentOf(suspect)?.answers.find((answer) => answer.value === value)?.label ?? value;
  return (
    <div className={classes.columns}>
      <SuspectList
        rows={open}
        currentId={current.id}
        labelOf={labelOf}
        onChoose={setChosen}
        onMore={suspects.hasNextPage ? () => void suspects.fetchNextPage() : null}
      />
      <CoveredPost key={current.post_id} postId={current.post_id} projectId={scan.project_id} />
      <Side key={current.id} scan={scan} suspect={current} clause={documentOf(current)} labelOf={labelOf} onSettled={() => settled(current.id)} />
    </div>
  );
}

function Side({
  scan,
  suspect,
  clause,
  labelOf,
  onSettled,
}: {
  scan: Scan;
  suspect: Suspect;
  clause: Release["clauses"][number]["document"] | undefined;
  labelOf: (suspect: Suspect, value: string) => string;
  onSettled: () => void;
}) {
  const mayReview = useMay(scan.project_id, "review.decide");
  return (
    <section className={classes.side} aria-label="The doubted answer" tabIndex={0}>
      <div>
        <p className={classes.clauseTitle}>{clause?.title ?? suspect.clause_key}</p>
        <h2 className={classes.question}>{clause?.question ?? suspect.clause_key}</h2>
      </div>
      {typeof suspect.task_id === "string" && (
        <p className={classes.notice}>Somebody was asked about it. Their answer settles it, or yours here.</p>
      )}
      {mayReview && <VerdictBar suspect={suspect} clause={clause} onSettled={onSettled} />}
      {!mayReview && <p className={classes.notice}>A reviewer says whether this answer is right.</p>}
      <Evidence suspect={suspect} projectId={scan.project_id} answerLabel={(value) => labelOf(suspect, value)} />
    </section>
  );
}

function AllReviewed({ scan }: { scan: Scan }) {
  return (
    <EmptyState
      icon={IconChecks}
      tone="good"
      title="Every suspect of this scan is reviewed"
      actions={<AppLink to={`/p/${scan.project_id}/scans/${scan.id}`}>See what became of them</AppLink>}
    >
      {count(scan.changed_count)} were wrong, {count(scan.confirmed_count)} right, {count(scan.dismissed_count)} left open.
    </EmptyState>
  );
}

/** A room with nothing to do in it. */
export function Quiet({ children }: { children: ReactNode }) {
  return <div className={classes.quiet}>{children}</div>;
}
