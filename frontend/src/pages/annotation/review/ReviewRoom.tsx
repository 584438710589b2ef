import { Checkbox, Select } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { EmptyState, ErrorState, LoadingState, percent, plural, QueryView, Segments, useProjectId } from "@/ui";
import { Apart, CaseColumns, CaseList, CaseRoom, type CaseRow, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { AsOf, Measuring } from "../measured/Measuring";
import { useMeasured } from "../measured/useMeasured";
import { AgreementTable } from "./AgreementTable";
import { CaseView } from "./CaseView";
import { MethodBadge } from "@/work/review/MethodBadge";
import { agreementRead, type Disagreement, disagreementsPage, rulesQuery } from "./reading";
import { ReviewOf } from "@/work/review/ReviewOf";
import { everything, type SampleChoice } from "@/work/review/words";
import { AnswerControls, Samples } from "./Samples";
import classes from "@/work/review/Review.module.css";

const tabs = [
  { value: "cases", label: "Disagreements" },
  { value: "answers", label: "Answers" },
  { value: "agreement", label: "Agreement" },
] as const;
type Tab = (typeof tabs)[number]["value"];
const slices = [
  { value: "all", label: "All posts" },
  { value: "language", label: "By language" },
  { value: "part", label: "By type of part" },
] as const;
type Slice = (typeof slices)[number]["value"];

/** `/p/:id/review`: where people did not agree, single answers to look at, and how far people agree at all. */
export default function ReviewRoom() {
  const projectId = useProjectId();
  const [tab, setTab] = useState<Tab>("cases");
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [wantsUndecided, setWantsUndecided] = useState<boolean | null>(null);
  // Until the person says so, only undecided cases, unless there are none.
  const undecided = useQuery({
    queryKey: ["any undecided", projectId],
    queryFn: () => disagreementsPage(projectId, { clauseKey: null, isUndecidedOnly: true }, undefined),
    staleTime: Infinity,
  });
  const hasUndecided = undecided.data === undefined || undecided.data.results.length > 0;
  const isUndecidedOnly = wantsUndecided ?? hasUndecided;
  const [choice, setChoice] = useState<SampleChoice>(everything);
  const [slice, setSlice] = useState<Slice>("all");
  const agreement = useMeasured(agreementRead(projectId, slice === "all" ? undefined : slice), { enabled: tab === "agreement" });
  const clauses = useQuery(rulesQuery(projectId)).data ?? [];
  return (
    <CaseRoom
      title="Review"
      header={
        <>
          <ReviewOf current="posts" />
          <Segments
            aria-label="What to look at"
            value={tab}
            onChange={(value) => setTab(tabs.find((known) => known.value === value)?.value ?? "cases")}
            data={[...tabs]}
          />
          <Apart />
          {tab === "answers" && <AnswerControls choice={choice} onChange={setChoice} clauses={clauses} />}
          {tab === "agreement" && (
            <Segments
              aria-label="Which posts"
              size="xs"
              value={slice}
              onChange={(value) => setSlice(slices.find((known) => known.value === value)?.value ?? "all")}
              data={[...slices]}
            />
          )}
          {tab === "cases" && (
            <>
              {wantsUndecided === null && !hasUndecided && (
                <span className={classes.said}>Nothing is undecided. These are cases that a majority carried.</span>
              )}
              <Checkbox
                label="Undecided only"
                checked={isUndecidedOnly}
                onChange={(event) => setWantsUndecided(event.currentTarget.checked)}
              />
              <Select
                aria-label="Rule"
                placeholder="Every rule"
                size="xs"
                clearable
                value={clauseKey}
                onChange={setClauseKey}
                data={clauses.map((clause) => ({ value: clause.key, label: clause.title }))}
              />
            </>
          )}
        </>
      }
    >
      {tab === "answers" && <Samples key={JSON.stringify(choice)} choice={choice} />}
      {tab === "cases" && (
        <Cases
          key={`${clauseKey ?? ""} ${isUndecidedOnly}`}
          projectId={projectId}
          clauseKey={clauseKey}
          isUndecidedOnly={isUndecidedOnly}
          titleOf={(key) => clauses.find((clause) => clause.key === key)?.title ?? key}
        />
      )}
      {tab === "agreement" && (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label="Agreement per rule">
          <QueryView query={agreement} loading={<Measuring label="Measuring agreement" job={agreement.job} />}>
            {(data) => (
              <>
                <AsOf at={data.measured_at} measured={agreement} />
                <AgreementTable clauses={data.clauses} releases={data.releases} />
              </>
            )}
          </QueryView>
        </div>
      )}
    </CaseRoom>
  );
}

function Cases({
  projectId,
  clauseKey,
  isUndecidedOnly,
  titleOf,
}: {
  projectId: string;
  clauseKey: string | null;
  isUndecidedOnly: boolean;
  titleOf: (clauseKey: string) => string;
}) {
  const cases = usePages(["disagreements", projectId, clauseKey, isUndecidedOnly], (cursor) =>
    disagreementsPage(projectId, { clauseKey, isUndecidedOnly }, cursor),
  );
  const { open, settled, current, choose, settle } = useCases(cases, (row) => row.decision_id, { scope: "review", thing: "case" });
  if (cases.error !== null && cases.rows.length === 0) {
    return (
      <Quiet>
        <ErrorState error={cases.error} onRetry={cases.refetch} />
      </Quiet>
    );
  }
  if (cases.isPending) {
    return (
      <Quiet>
        <LoadingState label="Loading disagreements" lines={7} />
      </Quiet>
    );
  }
  const nothingLeft = (
    <Quiet>
      <EmptyState icon={IconChecks} tone="good" title="Nothing waits for a decision">
        {isUndecidedOnly
          ? "Where people disagree and no answer has more than half of them, the case appears here."
          : "Everybody gave the same answers so far, or no post has all its answers yet."}
      </EmptyState>
    </Quiet>
  );
  if (current === undefined && settled.length === 0) return nothingLeft;
  const rowOf = (row: Disagreement): CaseRow => ({
    id: row.decision_id,
    name: row.external_id,
    about: titleOf(row.clause_key),
    excerpt: row.excerpt,
    foot: (
      <>
        <MethodBadge method={row.method} />
        {plural(row.votes, "answer")}, at most {percent(row.confidence, 0)} agree
      </>
    ),
  });
  return (
    <CaseColumns>
      <CaseList
        label="Cases"
        rows={open.map(rowOf)}
        settled={settled.map((row) => ({ ...rowOf(row), foot: "Decided by you" }))}
        settledLabel="Decided just now"
        currentId={current?.decision_id ?? null}
        onChoose={choose}
        onMore={cases.hasNextPage ? () => void cases.fetchNextPage() : null}
      />
      {current === undefined ? nothingLeft : <CaseView key={current.post_id} found={current} onDecided={settle} />}
    </CaseColumns>
  );
}
