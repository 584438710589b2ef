import { IconAlertTriangle, IconCheck, IconCircleDashed, type TablerIcon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type Column, count, DataTable, EmptyState, Facts, Panel, plural, QueryView, StatusBadge, Time, type Tone } from "@/ui";
import chart from "../LearningCurve.module.css";
import { driftQuery, type ModelDrift } from "../queries";
import { binWords } from "../wording";
import { type Agreement, agreementSaid, boundsOf, dayWords, inputFacts, type Inputs, inputsSaid, type Said, shareOf } from "./driftWords";
import { InputBars } from "./InputBars";
import classes from "./models.module.css";

/** Whether people still agree with the model as held-out posts did, and whether posts are still like those it knew. */
export function DriftPanels({ modelId }: { modelId: string }) {
  return (
    <QueryView query={useQuery(driftQuery(modelId))}>
      {({ drift }) =>
        drift === null ? null : (
          <div className={classes.charts}>
            <AgreementPanel agreement={drift.agreement} />
            <InputsPanel inputs={drift.inputs} />
          </div>
        )
      }
    </QueryView>
  );
}

type State = Agreement["state"];
type WeekRow = ModelDrift["agreement"]["weeks"][number];

const looks: Readonly<Record<State, { tone: Tone; icon: TablerIcon; label: string }>> = {
  few: { tone: "neutral", icon: IconCircleDashed, label: "Too few to tell" },
  steady: { tone: "good", icon: IconCheck, label: "As expected" },
  drifted: { tone: "wait", icon: IconAlertTriangle, label: "Drifted" },
};

const columns: readonly Column<WeekRow>[] = [
  { key: "week", header: "Week from", render: (row) => <span className={classes.unbroken}>{dayWords(row.week)}</span> },
  { key: "decisions", header: "Decisions", align: "end", width: "100px", render: (row) => count(row.share.total) },
  { key: "share", header: "Agreed", align: "end", width: "84px", render: (row) => shareOf(row.share) },
  { key: "interval", header: "95 % interval", align: "end", width: "132px", render: (row) => <span className={classes.unbroken}>{boundsOf(row.share)}</span> },
];

function AgreementPanel({ agreement }: { agreement: Agreement }) {
  return (
    <Panel
      title="Agreement with people"
      note="Whether people find harmful what the model had said is. Counted are posts that no strategy chose, decided first since it was promoted, by people who had no suggestion in sight."
      actions={<StatusBadge state={agreement.state} {...looks[agreement.state]} />}
    >
      <Verdict state={agreement.state} said={agreementSaid(agreement)} />
      {agreement.influenced > 0 && (
        <p className={classes.aside}>{plural(agreement.influenced, "decision was", "decisions were")} left out: the suggestion was in sight.</p>
      )}
      {agreement.weeks.length > 0 && (
        <div className={classes.weeks}>
          <DataTable label="Agreement by week" columns={columns} rows={agreement.weeks} rowKey={(row) => row.week} />
        </div>
      )}
    </Panel>
  );
}

function InputsPanel({ inputs }: { inputs: Inputs | null }) {
  const note = "Posts that came since the training beside those there were then. A worker looks every hour.";
  if (inputs === null) {
    return (
      <Panel title="New posts" note={note}>
        <EmptyState framed={false} title="Nothing measured yet">
          No posts came since the model was trained, or none was measured yet. Only promoted models are.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="New posts" note={note} actions={<StatusBadge state={inputs.state} {...looks[inputs.state]} />}>
      <Verdict state={inputs.state} said={inputsSaid(inputs)} />
      <div className={classes.weeks}>
        <InputBars before={inputs.before} since={inputs.since} />
      </div>
      <details className={chart.fold}>
        <summary>The numbers of posts</summary>
        <InputTable inputs={inputs} />
      </details>
      <div className={classes.weeks}>
        <Facts facts={[...inputFacts(inputs), ["Measured", <Time key="measured" at={inputs.measured_at} />]]} />
      </div>
    </Panel>
  );
}

function Verdict({ state, said }: { state: State; said: Said }) {
  const isDrifted = state === "drifted";
  return (
    <p className={isDrifted ? classes.notice : classes.plain} role={isDrifted ? "alert" : undefined}>
      <strong>{said.verdict}</strong> {said.because}
    </p>
  );
}

function InputTable({ inputs }: { inputs: Inputs }) {
  return (
    <table className={chart.table} aria-label="Posts by chance of harm, before and since">
      <thead>
        <tr>
          <th scope="col">Chance of harm</th>
          <th scope="col">At the training</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {inputs.before.map((posts, at) => (
          <tr key={at}>
            <th scope="row">{binWords(at, inputs.before.length)}</th>
            <td>{count(posts)}</td>
            <td>{count(inputs.since[at] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
