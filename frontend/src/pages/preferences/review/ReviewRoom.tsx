import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { type Page, usePages } from "@/api/pages";
import { EmptyState, ErrorState, LoadingState, useProjectId } from "@/ui";
import { Apart, CaseColumns, CaseList, CaseRoom, type CaseRow, Quiet } from "@/work/cases/CaseRoom";
import { useCases } from "@/work/cases/useCases";
import { ReviewOf } from "@/work/review/ReviewOf";
import { SampleControls } from "@/work/review/SampleControls";
import { everything, type SampleChoice } from "@/work/review/words";
import { axesQuery, peopleQuery } from "./reading";

/** What one room reviews. */
export interface Reviewed<Row> {
  readonly current: "comparisons" | "slates";
  /** One of them in a sentence, and the commands' scope. */
  readonly thing: string;
  readonly scope: string;
  /** Said where nothing is left: when people differ, else. */
  readonly nobodyDiffers: string;
  readonly nothingWaits: { readonly title: string; readonly words: string };
  readonly page: (projectId: string, choice: SampleChoice, suspected: string | null, cursor: string | undefined) => Promise<Page<Row>>;
  readonly idOf: (row: Row) => string;
  /** A row of the list, but for its identifier; `titleOf` names an axis. */
  readonly rowOf: (row: Row, titleOf: (key: string) => string) => Omit<CaseRow, "id">;
  readonly caseOf: (id: string, choice: SampleChoice, onSettled: () => void) => ReactNode;
}

/** Answers to look at, one case after the other, and axes to decide. A search may ask for suspects of one axis alone. */
export function ReviewRoom<Row>({ reviewed }: { reviewed: Reviewed<Row> }) {
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
          <ReviewOf current={reviewed.current} />
          <Apart />
          <SampleControls
            choice={choice}
            onChange={setChoice}
            people={people.data?.people.map(({ pseudonym }) => pseudonym) ?? []}
            rules={axes}
            words={{ disputed: "People differ", all: `All ${reviewed.current}`, rule: "Axis", everyRule: "Every axis" }}
          />
        </>
      }
    >
      <Cases
        key={JSON.stringify(choice)}
        reviewed={reviewed}
        projectId={projectId}
        choice={choice}
        suspected={suspected}
        titleOf={(key) => axes.find((axis) => axis.key === key)?.title ?? key}
      />
    </CaseRoom>
  );
}

interface CasesProps<Row> {
  reviewed: Reviewed<Row>;
  projectId: string;
  choice: SampleChoice;
  /** The axis whose suspects alone are looked at. */
  suspected: string | null;
  titleOf: (key: string) => string;
}

function Cases<Row>({ reviewed, projectId, choice, suspected, titleOf }: CasesProps<Row>) {
  const { current: things, thing, scope, idOf } = reviewed;
  const pages = usePages([`review-${things}`, projectId, choice, suspected], (cursor) => reviewed.page(projectId, choice, suspected, cursor));
  const { open, settled, current, choose, settle } = useCases(pages, idOf, { scope, thing });
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
        <LoadingState label={`Loading ${things} to review`} lines={7} />
      </Quiet>
    );
  }
  const nothingLeft = (
    <Quiet>
      <EmptyState icon={IconChecks} tone="good" title={choice.isDisputed ? "Nobody differs here" : reviewed.nothingWaits.title}>
        {choice.isDisputed ? reviewed.nobodyDiffers : reviewed.nothingWaits.words}
      </EmptyState>
    </Quiet>
  );
  if (current === undefined && settled.length === 0) return nothingLeft;
  const listed = (row: Row): CaseRow => ({ id: idOf(row), ...reviewed.rowOf(row, titleOf) });
  return (
    <CaseColumns>
      <CaseList
        label={things === "slates" ? "Slates" : "Comparisons"}
        rows={open.map(listed)}
        settled={settled.map((row) => ({ ...listed(row), foot: "Seen by you" }))}
        settledLabel="Done just now"
        currentId={current === undefined ? null : idOf(current)}
        onChoose={choose}
        onMore={pages.hasNextPage ? () => void pages.fetchNextPage() : null}
      />
      {current === undefined ? nothingLeft : reviewed.caseOf(idOf(current), choice, settle)}
    </CaseColumns>
  );
}
