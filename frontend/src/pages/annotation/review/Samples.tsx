import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { duration, EmptyState, ErrorState, LoadingState, Time, useProjectId } from "@/ui";
import { CaseColumns, CaseList, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { figuresIn, keptQuery } from "../measured/useMeasured";
import { annotatorsRead } from "../people/reading";
import { SampleControls } from "@/work/review/SampleControls";
import type { SampleChoice } from "@/work/review/words";
import { type RuleChoice, samplePage } from "./reading";
import { SampleView } from "./SampleView";

const words = { disputed: "Others differ", all: "All answers", rule: "Rule", everyRule: "Every rule" };

/** What narrows the answers to look at. */
export function AnswerControls({
  choice,
  onChange,
  clauses,
}: {
  choice: SampleChoice;
  onChange: (choice: SampleChoice) => void;
  clauses: readonly RuleChoice[];
}) {
  const annotators = useQuery(keptQuery(annotatorsRead(useProjectId())));
  const people = figuresIn(annotators.data)?.annotators.map((row) => row.person.pseudonym) ?? [];
  return <SampleControls choice={choice} onChange={onChange} people={people} rules={clauses} words={words} />;
}

/** Answers one after the other, to be accepted, amended or given back. */
export function Samples({ choice }: { choice: SampleChoice }) {
  const projectId = useProjectId();
  const pages = usePages(["review-sample", projectId, choice], (cursor) => samplePage(projectId, choice, cursor));
  const { open, current, choose, settle } = useCases(pages, (row) => row.submission_id, { scope: "review", thing: "answer" });
  const [settled, setSettled] = useState(0);
  if (pages.error !== null && pages.rows.length === 0) {
    return (
      <Quiet>
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      </Quiet>
    );
  }
  if (pages.isPending) {
    return (
      <Quiet>
        <LoadingState label="Loading answers to review" lines={7} />
      </Quiet>
    );
  }
  if (current === undefined) {
    return (
      <Quiet>
        <EmptyState icon={IconChecks} tone="good" title={settled > 0 ? "All of these are reviewed" : "No answer waits for review"}>
          Answers that nobody reviewed yet appear here, save those to tasks you answered yourself. A wider choice may hold more.
        </EmptyState>
      </Quiet>
    );
  }
  return (
    <CaseColumns>
      <CaseList
        label="Answers to review"
        rows={open.map((row) => ({
          id: row.submission_id,
          name: row.external_id,
          about: row.person.pseudonym,
          foot: (
            <span>
              <Time at={row.created_at} />, in {duration(row.active_ms)}
            </span>
          ),
        }))}
        currentId={current.submission_id}
        onChoose={choose}
        onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
      />
      <SampleView
        key={current.submission_id}
        sampled={current}
        choice={choice}
        onReviewed={() => {
          setSettled(settled + 1);
          settle();
        }}
      />
    </CaseColumns>
  );
}
