import { IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { AppLink, type Column, count, DataTable, EmptyState, Panel, percent, StatusBadge } from "@/ui";
import classes from "./AnnotatorsView.module.css";
import { type AnnotatorFacts, type ClauseScan, clauseScans } from "./metrics";
import { releaseQuery, type ScanDetail, type Share } from "./queries";

/** Below these nothing is held against a person; the server's numbers. */
const leastAnswers = 20;
const leastCompany = 2;

/** Who answered, with what speaks for or against their care. */
export function AnnotatorsView({ scan }: { scan: ScanDetail }) {
  const release = useQuery(releaseQuery(scan.release_id));
  return clauseScans(scan.metrics).map((clause) => {
    const document = release.data?.clauses.find(({ key }) => key === clause.key)?.document;
    return (
      <Annotators
        key={clause.key}
        projectId={scan.project_id}
        clause={clause}
        title={document?.title ?? clause.key}
        answerLabel={(value) => document?.answers.find((answer) => answer.value === value)?.label ?? value}
      />
    );
  });
}

function Annotators({
  projectId,
  clause,
  title,
  answerLabel,
}: {
  projectId: string;
  clause: ClauseScan;
  title: string;
  answerLabel: (value: string) => string;
}) {
  const everybody = clause.annotators[0]?.everybody ?? null;
  const columns: readonly Column<AnnotatorFacts>[] = [
    {
      key: "person",
      header: "Annotator",
      render: ({ pseudonym }) => <AppLink to={`/p/${projectId}/annotators/${encodeURIComponent(pseudonym)}`}>{pseudonym}</AppLink>,
    },
    { key: "answered", header: "Answered", width: "96px", align: "end", render: (person) => count(person.answered) },
    { key: "agrees", header: "Agrees with most others", width: "19%", render: (person) => <Measured share={person.agreement} /> },
    {
      key: "lean",
      header: "Most unlike others",
      width: "25%",
      render: ({ lean }) =>
        lean === null ? (
          "—"
        ) : (
          <>
            {answerLabel(lean.answer)}: <Measured share={lean.own} />
            <span className={classes.soft}>others on the same posts {percent(lean.others, 0)}</span>
          </>
        ),
    },
    { key: "suspects", header: "Suspects", width: "92px", align: "end", render: (person) => count(person.suspects) },
    {
      key: "why",
      header: "Look because",
      width: "22%",
      render: (person) => <Why person={person} answerLabel={answerLabel} />,
    },
  ];
  return (
    <Panel
      title={`Who answered ${title}`}
      note={
        (everybody === null ? "" : `Everybody together gives the answer of most others ${percent(everybody, 0)} of the time. `) +
        "Suspects are doubted answers that rest on the person’s own. Whom to look at first stands first; nothing is held against anybody with fewer than 20 answers, or beside a single other person."
      }
      flush
    >
      <DataTable
        label={`Annotators on ${clause.key}`}
        columns={columns}
        rows={clause.annotators}
        rowKey={(person) => person.pseudonym}
        empty={
          <EmptyState framed={false} title="No answers by people">
            What was decided on this question was not decided by answers given here.
          </EmptyState>
        }
      />
    </Panel>
  );
}

function Measured({ share }: { share: Share }) {
  if (share.value === null) return <span className={classes.soft}>Nobody to compare with</span>;
  return (
    <>
      {percent(share.value, 0)}{" "}
      <span className={classes.soft}>
        {percent(share.low ?? 0, 0)} to {percent(share.high ?? 1, 0)}, {count(share.hits)} of {count(share.total)}
      </span>
    </>
  );
}

function Why({ person, answerLabel }: { person: AnnotatorFacts; answerLabel: (value: string) => string }) {
  if (person.leans && person.lean !== null) {
    const { lean } = person;
    const label = lean.own.hits === lean.own.total ? `Marks everything ${answerLabel(lean.answer)}` : `Marks ${answerLabel(lean.answer)} far more often`;
    return <StatusBadge state="leans" tone="bad" icon={IconEye} label={label} />;
  }
  if (person.disagrees) return <StatusBadge state="disagrees" tone="wait" icon={IconEye} label="Agrees far less often" />;
  if (person.answered < leastAnswers || person.company < leastCompany) return <span className={classes.soft}>Too little to say</span>;
  return <span className={classes.soft}>Nothing stands out</span>;
}
