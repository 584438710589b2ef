import { IconUsersGroup } from "@tabler/icons-react";
import { AppLink, type Column, count, DataTable, EmptyState, PageHeader, QueryView, StatusBadge, useProjectId } from "@/ui";
import { AsOf, Measuring } from "../measured/Measuring";
import { useMeasured } from "../measured/useMeasured";
import { MeasuredBar } from "./MeasuredBar";
import { type Annotator, annotatorsRead } from "./reading";
import { speedWords } from "./Results";
import classes from "./People.module.css";

/** `/p/:id/annotators`: everybody who answered, under their pseudonym. */
export default function AnnotatorsPage() {
  const projectId = useProjectId();
  const annotators = useMeasured(annotatorsRead(projectId));
  return (
    <>
      <PageHeader
        title="Annotators"
        lead="How each person’s answers stand beside the others’ to the same posts. Names here are pseudonyms."
      />
      <QueryView query={annotators} loading={<Measuring label="Measuring annotators" job={annotators.job} />}>
        {(data) => (
          <>
            <AsOf at={data.measured_at} measured={annotators} />
          <DataTable
            label="Annotators"
            rows={data.annotators}
            columns={columnsIn(projectId)}
            rowKey={(row) => row.person.pseudonym}
            empty={
              <EmptyState icon={IconUsersGroup} title="No answers yet">
                People appear here with their first answer.
              </EmptyState>
            }
          />
          </>
        )}
      </QueryView>
    </>
  );
}

function columnsIn(projectId: string): readonly Column<Annotator>[] {
  return [
    {
      key: "person",
      header: "Person",
      render: ({ person }) => (
        <span className={classes.person}>
          <AppLink to={`/p/${projectId}/annotators/${encodeURIComponent(person.pseudonym)}`}>{person.pseudonym}</AppLink>{" "}
          {person.is_simulated && <StatusBadge state="simulated" />}
        </span>
      ),
    },
    { key: "right", header: "Right", render: (row) => <MeasuredBar measured={row.reliability.share} /> },
    { key: "speed", header: "Time a task", align: "end", render: (row) => speedWords(row.speed.median_ms) },
    { key: "answers", header: "Answers", align: "end", render: (row) => count(row.answers) },
    {
      key: "concerns",
      header: "Worth a look",
      render: (row) =>
        row.concerns.length === 0 ? (
          <span className={classes.soft}>Nothing</span>
        ) : (
          <StatusBadge state="concern" tone="bad" label={row.concerns[0] ?? ""} />
        ),
    },
  ];
}
