import { IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { AppLink, type Column, count, DataTable, decimal, duration, EmptyState, Panel, percent, plural, StatusBadge } from "@/ui";
import classes from "./AnnotatorsView.module.css";
import { type AnnotatorFacts, type ClauseScan, clauseScans, type Interval } from "./metrics";
import { releaseQuery, type ScanDetail, type Share } from "./queries";

type AnswerLabel = (value: string) => string;

/** Who answered, with what speaks for or against their care. */
export function AnnotatorsView({ scan }: { scan: ScanDetail }) {
  const release = useQuery(releaseQuery(scan.release_id));
  return clauseScans(scan.metrics).map((clause) => {
    const document = release.data?.clauses.find(({ key }) => key === clause.key)?.document;
    return (
      <Annotators
        key={clause.key}
        scan={scan}
        clause={clause}
        title={document?.title ?? clause.key}
        answerLabel={(value) => document?.answers.find((answer) => answer.value === value)?.label ?? value}
      />
    );
  });
}

function Annotators({ scan, clause, title, answerLabel }: { scan: ScanDetail; clause: ClauseScan; title: string; answerLabel: AnswerLabel }) {
  return (
    <Panel title={`Who answered ${title}`} {...(clause.annotators.length > 0 && { note: noteOn(clause) })} flush>
      <DataTable
        label={`Annotators on ${clause.key}`}
        columns={columnsOf(scan, clause, answerLabel)}
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

function noteOn({ everybody }: ClauseScan): string {
  return [
    everybody.pointedOut === 0 ? "Nobody stands out." : `${plural(everybody.pointedOut, "person", "people")} to look at first.`,
    "This is evidence, not a verdict on a person: somebody may read the rule in another way. Nobody is pointed out with fewer than 20 answers, or beside a single other person.",
    "Beyond chance, 1 is always right and 0 what answering without looking gives; quality (CROWDLAB) does not take chance off.",
  ].join(" ");
}

function columnsOf(scan: ScanDetail, { key, everybody }: ClauseScan, answerLabel: AnswerLabel): readonly Column<AnnotatorFacts>[] {
  const known = scan.known_answers?.filter((row) => row.clause_key === key);
  const shown: readonly (Column<AnnotatorFacts> | null)[] = [
    {
      key: "person",
      header: "Annotator",
      render: ({ pseudonym }) => <AppLink to={`/p/${scan.project_id}/annotators/${encodeURIComponent(pseudonym)}`}>{pseudonym}</AppLink>,
    },
    {
      key: "why",
      header: "Look because",
      width: "18%",
      render: (person) => <Why person={person} answerLabel={answerLabel} />,
    },
    {
      key: "beyond",
      header: "Agrees beyond chance",
      width: "16%",
      render: (person) => (
        <>
          <Measured measured={person.beyondChance} shown={inDecimals} />
          {person.agreement.value !== null && <span className={classes.soft}>{outOf(person.agreement)} like most others</span>}
        </>
      ),
    },
    {
      key: "lean",
      header: "Most unlike others",
      width: "20%",
      render: ({ lean }) =>
        lean === null ? (
          "—"
        ) : (
          <>
            {answerLabel(lean.answer)}: <Measured measured={intervalOf(lean.own)} />
            <span className={classes.soft}>others {percent(lean.others, 0)} on these posts</span>
          </>
        ),
    },
    known === undefined
      ? null
      : {
          key: "known",
          header: "Gold",
          width: "10%",
          render: ({ pseudonym }) => {
            const right = known.find((row) => row.pseudonym === pseudonym)?.right;
            return right === undefined ? <span className={classes.soft}>None yet</span> : <MeasuredShare share={right} />;
          },
        },
    { key: "quality", header: "Quality", width: "11%", render: ({ quality }) => <Measured measured={quality} /> },
    {
      key: "answered",
      header: "Answers",
      width: "96px",
      align: "end",
      render: ({ answered, medianMs }) => (
        <>
          {count(answered)}
          {medianMs !== null && <span className={classes.soft}>{duration(medianMs)} each</span>}
          {medianMs !== null && everybody.medianMs !== null && <span className={classes.soft}>usual {duration(everybody.medianMs)}</span>}
        </>
      ),
    },
    { key: "suspects", header: "Suspects", width: "84px", align: "end", render: (person) => count(person.suspects) },
  ];
  return shown.filter((column) => column !== null);
}

function intervalOf({ value, low, high }: Share): Interval | null {
  return value === null ? null : { value, low: low ?? 0, high: high ?? 1 };
}

function outOf({ hits, total }: Share): string {
  return `${count(hits)} of ${count(total)}`;
}

function MeasuredShare({ share }: { share: Share }) {
  return (
    <>
      <Measured measured={intervalOf(share)} />
      <span className={classes.soft}>{outOf(share)}</span>
    </>
  );
}

function Measured({ measured, shown = inPercent }: { measured: Interval | null; shown?: Shown }) {
  if (measured === null) return <span className={classes.soft}>Too little to say</span>;
  return (
    <>
      {shown(measured).value} <span className={classes.soft}>{shown(measured).interval}</span>
    </>
  );
}

type Shown = (measured: Interval) => { readonly value: string; readonly interval: string };

function inPercent({ value, low, high }: Interval): ReturnType<Shown> {
  return { value: percent(value, 0), interval: `${percent(low, 0)} to ${percent(high, 0)}` };
}

function inDecimals({ value, low, high }: Interval): ReturnType<Shown> {
  return { value: decimal(value), interval: `${decimal(low)} to ${decimal(high)}` };
}

function Why({ person, answerLabel }: { person: AnnotatorFacts; answerLabel: AnswerLabel }) {
  const { lean } = person;
  if (person.marksEverything && lean !== null) {
    const everything = lean.own.hits === lean.own.total ? "everything" : "nearly everything";
    return <StatusBadge state="everything" tone="wait" icon={IconEye} label={`Marks ${everything} ${answerLabel(lean.answer)}`} />;
  }
  if (person.tellsNothing) return <StatusBadge state="chance" tone="wait" icon={IconEye} label="Agrees no more than chance" />;
  return <span className={classes.soft}>{calm(person, answerLabel)}</span>;
}

/** What is said of somebody who is not pointed out. */
function calm({ isMeasured, leans, lean, beyondChance }: AnnotatorFacts, answerLabel: AnswerLabel): string {
  if (isMeasured === null) return "Not asked by this scan; scan again";
  if (!isMeasured) return "Too little to say";
  if (leans && lean !== null && beyondChance !== null && beyondChance.low > 0) {
    return `Marks ${answerLabel(lean.answer)} more often, yet tells posts apart`;
  }
  return "Nothing stands out";
}
