import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { EmptyState, ErrorState, LoadingState, percent, plural, useProjectId } from "@/ui";
import { Apart, CaseColumns, CaseList, CaseRoom, type CaseRow, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { MethodBadge } from "@/work/review/MethodBadge";
import { ReviewOf } from "@/work/review/ReviewOf";
import { SampleControls } from "@/work/review/SampleControls";
import { everything, type SampleChoice } from "@/work/review/words";
import { PairCase } from "./PairCase";
import { axesQuery, comparisonsPage, peopleQuery, type SampledComparison } from "./reading";

const words = { disputed: "People differ", all: "All comparisons", rule: "Axis", everyRule: "Every axis" };

/** `/p/:id/review/comparisons`: judgments of comparisons to look at, and axes to decide. */
export default function PairReviewRoom() {
  const projectId = useProjectId();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const suspected = typeof search["suspected"] === "string" ? search["suspected"] : null;
  const [choice, setChoice] = useState<SampleChoice>({
    ...everything,
    isDisputed: suspected === null,
    clauseKey: typeof search["axis"] === "string" ? search["axis"] : null,
  });
  const axes = useQuery(axesQuery(projectId)).data ?? [];
  const people = useQuery(peopleQuery(projectId));
  return (
    <CaseRoom
      title="Review"
      header={
        <>
          <ReviewOf current="comparisons" />
          <Apart />
          <SampleControls
            choice={choice}
            onChange={setChoice}
            people={people.data?.people.map(({ pseudonym }) => pseudonym) ?? []}
            rules={axes}
            words={words}
          />
        </>
      }
    >
      <Pairs
        key={JSON.stringify(choice)}
        projectId={projectId}
        choice={choice}
        suspected={suspected}
        titleOf={(key) => axes.find((axis) => axis.key === key)?.title ?? key}
      />
    </CaseRoom>
  );
}

interface PairsProps {
  projectId: string;
  choice: SampleChoice;
  /** The axis whose suspects alone are looked at. */
  suspected: string | null;
  titleOf: (key: string) => string;
}

function Pairs({ projectId, choice, suspected, titleOf }: PairsProps) {
  const pages = usePages(["review-comparisons", projectId, choice, suspected], (cursor) => comparisonsPage(projectId, choice, suspected, cursor));
  const { open, settled, current, choose, settle } = useCases(pages, (row) => row.comparison_id, { scope: "pairs", thing: "comparison" });
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
        <LoadingState label="Loading comparisons to review" lines={7} />
      </Quiet>
    );
  }
  const nothingLeft = (
    <Quiet>
      <EmptyState icon={IconChecks} tone="good" title={choice.isDisputed ? "Nobody differs here" : "No judgment waits for review"}>
        {choice.isDisputed
          ? "Comparisons on which no answer has a majority, or too small a one, appear here. Without “People differ” you see the others."
          : "Judgments that nobody reviewed yet appear here, save those of tasks you answered yourself. A wider choice may hold more."}
      </EmptyState>
    </Quiet>
  );
  if (current === undefined && settled.length === 0) return nothingLeft;
  return (
    <CaseColumns>
      <CaseList
        label="Comparisons"
        rows={open.map((row) => rowOf(row, titleOf))}
        settled={settled.map((row) => ({ ...rowOf(row, titleOf), foot: "Seen by you" }))}
        settledLabel="Done just now"
        currentId={current?.comparison_id ?? null}
        onChoose={choose}
        onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
      />
      {current === undefined ? (
        nothingLeft
      ) : (
        <PairCase key={current.comparison_id} comparisonId={current.comparison_id} choice={choice} onSettled={settle} />
      )}
    </CaseColumns>
  );
}

function rowOf(row: SampledComparison, titleOf: (key: string) => string): CaseRow {
  return {
    id: row.comparison_id,
    name: row.external_id,
    about: row.undecided.length === 0 ? plural(row.judgments, "judgment") : row.undecided.map(titleOf).join(", "),
    excerpt: row.excerpt,
    foot: (
      <>
        {row.undecided.length > 0 && <MethodBadge method="undecided" />}
        {row.undecided.length > 0 && plural(row.judgments, "judgment")}
        {row.agreement !== null && <span>{percent(row.agreement, 0)} agree at least</span>}
      </>
    ),
  };
}
