import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/api/pages";
import { EmptyState, ErrorState, LoadingState, plural, useProjectId } from "@/ui";
import { Apart, CaseColumns, CaseList, CaseRoom, type CaseRow, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { MethodBadge } from "@/work/review/MethodBadge";
import { ReviewOf } from "@/work/review/ReviewOf";
import { SampleControls } from "@/work/review/SampleControls";
import { everything, type SampleChoice } from "@/work/review/words";
import { formWords } from "../../comparisons/wording";
import { axesQuery, peopleQuery } from "../reading";
import { type SampledSlate, slatesPage } from "./reading";
import { SlateCase } from "./SlateCase";

const words = { disputed: "People differ", all: "All slates", rule: "Axis", everyRule: "Every axis" };

/** `/p/:id/review/slates`: answers about several responses at once to look at, and pairs of them to decide. */
export default function SlateReviewRoom() {
  const projectId = useProjectId();
  const [choice, setChoice] = useState<SampleChoice>(everything);
  const axes = useQuery(axesQuery(projectId)).data ?? [];
  const people = useQuery(peopleQuery(projectId));
  return (
    <CaseRoom
      title="Review"
      header={
        <>
          <ReviewOf current="slates" />
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
      <Slates key={JSON.stringify(choice)} projectId={projectId} choice={choice} titleOf={(key) => axes.find((axis) => axis.key === key)?.title ?? key} />
    </CaseRoom>
  );
}

function Slates({ projectId, choice, titleOf }: { projectId: string; choice: SampleChoice; titleOf: (key: string) => string }) {
  const pages = usePages(["review-slates", projectId, choice], (cursor) => slatesPage(projectId, choice, cursor));
  const { open, settled, current, choose, settle } = useCases(pages, (row) => row.id, { scope: "slates", thing: "slate" });
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
        <LoadingState label="Loading slates to review" lines={7} />
      </Quiet>
    );
  }
  const nothingLeft = (
    <Quiet>
      <EmptyState icon={IconChecks} tone="good" title={choice.isDisputed ? "Nobody differs here" : "No answer waits for review"}>
        {choice.isDisputed
          ? "Slates appear here where no order of two responses has a majority, or too small a one, and where ratings lie apart."
          : "Answers about several responses that nobody reviewed yet appear here, save those of tasks you answered yourself."}
      </EmptyState>
    </Quiet>
  );
  if (current === undefined && settled.length === 0) return nothingLeft;
  return (
    <CaseColumns>
      <CaseList
        label="Slates"
        rows={open.map((row) => rowOf(row, titleOf))}
        settled={settled.map((row) => ({ ...rowOf(row, titleOf), foot: "Seen by you" }))}
        settledLabel="Done just now"
        currentId={current?.id ?? null}
        onChoose={choose}
        onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
      />
      {current === undefined ? nothingLeft : <SlateCase key={current.id} slateId={current.id} choice={choice} onSettled={settle} />}
    </CaseColumns>
  );
}

function rowOf(row: SampledSlate, titleOf: (key: string) => string): CaseRow {
  return {
    id: row.id,
    name: row.external_id,
    about: row.undecided.length === 0 ? row.asked.map(({ form }) => formWords(form)).join(", ") : row.undecided.map(titleOf).join(", "),
    excerpt: row.excerpt,
    foot: (
      <>
        {row.undecided.length > 0 && <MethodBadge method="undecided" />}
        <span>
          {plural(row.size, "response")}, {plural(row.answers, "answer")}
        </span>
      </>
    ),
  };
}
