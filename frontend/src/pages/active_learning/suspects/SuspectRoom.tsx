import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { AppLink, count, EmptyState, ErrorState, LoadingState, plural, QueryView } from "@/ui";
import { Apart, CaseColumns, CaseList, CaseRoom, CaseSide, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { PrecisionMeter } from "../PrecisionMeter";
import { type Release, releaseQuery, type ScanDetail, type Suspect, type SuspectKind, suspectsPage } from "../queries";
import { suspectLine, twinWords } from "../wording";
import { CoveredPost } from "./CoveredPost";
import { Evidence, type Labels } from "./Evidence";
import classes from "./SuspectRoom.module.css";
import { VerdictBar } from "./VerdictBar";

/** Where a reviewer goes through what a scan doubts, one after the other. */
export function SuspectRoom({ scan, kind }: { scan: ScanDetail; kind?: SuspectKind | undefined }) {
  const release = useQuery(releaseQuery(scan.release_id));
  const tally = scan.kinds.find((row) => row.kind === kind);
  return (
    <CaseRoom
      title="Suspects"
      header={
        <>
          <AppLink to={`/p/${scan.project_id}/scans/${scan.id}`}>
            Scan of {scan.clause_keys.length === 1 ? scan.clause_keys[0] : plural(scan.clause_keys.length, "clause")}
          </AppLink>
          <Apart />
          <span className={classes.soft} role="status">
            {count(tally?.pending ?? scan.pending_count)} to review, {count((tally ?? scan).precision.total)} reviewed
          </span>
          <PrecisionMeter share={(tally ?? scan).precision} />
        </>
      }
    >
      <QueryView query={release} loading={<Quiet><LoadingState label="Loading the clauses" /></Quiet>}>
        {(found) => <Waiting scan={scan} kind={kind} release={found} />}
      </QueryView>
    </CaseRoom>
  );
}

function Waiting({ scan, kind, release }: { scan: ScanDetail; kind: SuspectKind | undefined; release: Release }) {
  const suspects = usePages(["suspects", scan.id, kind ?? "every", "pending"], (cursor) =>
    suspectsPage(scan.id, { kind, outcome: "pending", cursor }),
  );
  const { open, current, choose, settle } = useCases(suspects, (row) => row.id, { scope: "suspects", thing: "suspect" });
  if (suspects.error !== null && suspects.rows.length === 0) {
    return <Quiet><ErrorState error={suspects.error} onRetry={suspects.refetch} /></Quiet>;
  }
  if (suspects.isPending) return <Quiet><LoadingState label="Loading suspects" lines={7} /></Quiet>;
  if (current === undefined) return <Quiet><AllReviewed scan={scan} kind={kind} /></Quiet>;
  const documentOf = (suspect: Suspect) => release.clauses.find((clause) => clause.key === suspect.clause_key)?.document;
  const labels = labelsOf(release);
  const labelOf = (suspect: Suspect, value: string): string => labels.answer(suspect.clause_key, value);
  return (
    <CaseColumns>
      <CaseList
        label="Suspects to review"
        rows={open.map((row) => ({
          id: row.id,
          name: row.external_id,
          about: documentOf(row)?.title ?? row.clause_key,
          foot: suspectLine(row, (value) => labelOf(row, value)),
        }))}
        currentId={current.id}
        onChoose={choose}
        onMore={suspects.hasNextPage ? () => void suspects.fetchNextPage() : null}
      />
      <CoveredPost
        // What was uncovered stays so while the next doubt is about the same post.
        key={current.post_id}
        projectId={scan.project_id}
        postId={current.post_id}
        answer={labelOf(current, current.given)}
        twin={
          current.why.twin
            ? { postId: current.why.twin.post_id, answer: labelOf(current, current.likely), alike: twinWords(current.why.twin) }
            : null
        }
      />
      <Side key={current.id} scan={scan} suspect={current} clause={documentOf(current)} labels={labels} onSettled={settle} />
    </CaseColumns>
  );
}

function Side({
  scan,
  suspect,
  clause,
  labels,
  onSettled,
}: {
  scan: ScanDetail;
  suspect: Suspect;
  clause: Release["clauses"][number]["document"] | undefined;
  labels: Labels;
  onSettled: () => void;
}) {
  const mayReview = useMay(scan.project_id, "review.decide");
  return (
    <CaseSide room="suspects" label="The doubted answer" rule={clause ?? { title: suspect.clause_key, question: suspect.clause_key, blocks: [] }}>
      {typeof suspect.task_id === "string" && (
        <p className={classes.notice}>Somebody was asked about it. {suspect.kind === "region" ? "Look at what they drew, and say here whether this box was right." : "Their answer settles it, or yours here."}</p>
      )}
      {suspect.kind === "answer" && (scan.advice.state === "stop" || scan.advice.state === "go_on") && (<p className={classes.advice}>{scan.advice.sentence}</p>)}
      {mayReview && <VerdictBar suspect={suspect} clause={clause} onSettled={onSettled} />}
      {!mayReview && <p className={classes.notice}>A reviewer says whether this answer is right.</p>}
      <Evidence suspect={suspect} projectId={scan.project_id} labels={labels} />
    </CaseSide>
  );
}

function AllReviewed({ scan, kind }: { scan: ScanDetail; kind: SuspectKind | undefined }) {
  const tally = scan.kinds.filter((row) => kind === undefined || row.kind === kind);
  const total = (of: (row: ScanDetail["kinds"][number]) => number): string => count(tally.reduce((sum, row) => sum + of(row), 0));
  return (
    <EmptyState
      icon={IconChecks}
      tone="good"
      title={kind === undefined ? "Every suspect of this scan is reviewed" : "Every suspect of this kind is reviewed"}
      actions={
        <AppLink to={`/p/${scan.project_id}/scans/${scan.id}${kind === undefined ? "" : `?kind=${kind}`}`}>See what became of them</AppLink>
      }
    >
      {total((row) => row.precision.hits)} were wrong, {total((row) => row.precision.total - row.precision.hits)} right, {total((row) => row.dismissed)} left open.
    </EmptyState>
  );
}

/** How a release names its clauses and their answers; by key and value where it has no such clause. */
function labelsOf(release: Release): Labels {
  const documentOf = (key: string) => release.clauses.find((clause) => clause.key === key)?.document;
  return {
    clause: (key) => documentOf(key)?.title ?? key,
    answer: (key, value) => documentOf(key)?.answers.find((answer) => answer.value === value)?.label ?? value,
  };
}
