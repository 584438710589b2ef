import { useQuery } from "@tanstack/react-query";
import { type Column, count, DataTable, decimal, EmptyState, Panel, percent, plural, QueryView, Time } from "@/ui";
import chart from "../LearningCurve.module.css";
import { driftQuery, type ModelDrift, type Share } from "../queries";
import { binWords, intervalWords } from "../wording";
import { InputBars } from "./InputBars";
import classes from "./models.module.css";

/** Whether people still agree with the model as held-out posts did, and whether posts are still like those it knew. */
export function DriftPanels({ modelId }: { modelId: string }) {
  return (
    <QueryView query={useQuery(driftQuery(modelId))}>
      {({ drift }) =>
        drift === null ? null : (
          <div className={classes.charts}>
            <Agreement agreement={drift.agreement} />
            <Inputs inputs={drift.inputs} />
          </div>
        )
      }
    </QueryView>
  );
}

type WeekRow = ModelDrift["agreement"]["weeks"][number];
const leastDecisions = 30;
const leastPosts = 200;

function Agreement({ agreement }: { agreement: ModelDrift["agreement"] }) {
  const columns: readonly Column<WeekRow>[] = [
    { key: "week", header: "Week from", render: (row) => row.week },
    { key: "decisions", header: "Decisions", align: "end", width: "100px", render: (row) => count(row.share.total) },
    { key: "share", header: "Agreed", align: "end", width: "84px", render: (row) => shareOf(row.share) },
    { key: "interval", header: "95 % interval", align: "end", width: "132px", render: (row) => boundsOf(row.share) },
  ];
  return (
    <Panel
      title="Agreement with people"
      note="Whether people find harmful what the model had said is. Counted are posts that no strategy chose, decided first since its training, by people who had no suggestion in sight."
    >
      <p className={agreement.state === "drifted" ? classes.notice : classes.plain} role={agreement.state === "drifted" ? "alert" : undefined}>
        {agreementWords(agreement)}
      </p>
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

function agreementWords({ state, since, held_out: heldOut }: ModelDrift["agreement"]): string {
  const expected = heldOut.value === null ? "" : ` On held-out posts it was ${percent(heldOut.value, 0)}.`;
  if (state === "few") {
    const so = since.total === 0 ? "No decision can be compared yet" : `${plural(since.total, "decision")} can be compared, ${shareOf(since)} of them agree`;
    return `${so}. From ${leastDecisions} on, their share is held against the held-out one.${expected}`;
  }
  const now = `People agree with it in ${shareOf(since)} of ${plural(since.total, "decision")} (${intervalWords(since)}).${expected}`;
  if (state === "steady") return `${now} That is not less than it promised.`;
  return `${now} That is less than it promised: look at what came since, run another round, or go back.`;
}

function shareOf(share: Share): string {
  return share.value === null ? "—" : percent(share.value, 0);
}

function boundsOf(share: Share): string {
  return share.low === null || share.high === null ? "—" : `${percent(share.low, 0)} to ${percent(share.high, 0)}`;
}

function Inputs({ inputs }: { inputs: ModelDrift["inputs"] }) {
  return (
    <Panel
      title="Posts that came since"
      note="Their chance of harm beside that of the posts there were at the training, without those it learned from. A worker looks every hour."
    >
      {inputs === null ? (
        <EmptyState framed={false} title="Nothing measured yet">
          No posts came since the model was trained, or none was measured yet.
        </EmptyState>
      ) : (
        <>
          <p className={inputs.state === "drifted" ? classes.notice : classes.plain} role={inputs.state === "drifted" ? "alert" : undefined}>
            {inputWords(inputs)}
          </p>
          <InputBars before={inputs.before} since={inputs.since} />
          <details className={chart.fold}>
            <summary>The numbers of posts</summary>
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
          </details>
          <p className={classes.aside}>
            Measured <Time at={inputs.measured_at} />.
          </p>
        </>
      )}
    </Panel>
  );
}

function inputWords(inputs: NonNullable<ModelDrift["inputs"]>): string {
  const total = inputs.since.reduce((sum, posts) => sum + posts, 0);
  const index = inputs.index === null ? "—" : decimal(inputs.index, 2);
  const told = `Stability index ${index} over ${plural(total, "new post")}${inputs.by_chance === null ? "" : `; about ${decimal(inputs.by_chance, 2)} by chance alone`}.`;
  if (inputs.state === "few") return `${told} Below ${leastPosts} posts on either side it raises no alarm.`;
  if (inputs.state === "steady") return `${told} The posts are like those it knew.`;
  return `${told} From 0.25 on, posts have changed much: what held-out posts said may no longer hold. Label some of the new ones and run a round.`;
}
