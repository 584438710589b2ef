import { type Column, count, DataTable, duration, Figures, fullTime, Panel, Stacked } from "@/ui";
import { MeasuredBar } from "./MeasuredBar";
import type { ClauseResult, GradeConfusion, ResultDetail, Speed } from "./reading";
import classes from "./People.module.css";

/** All that is measured about one person's work. `whose` begins the sentences: "You" or "This person". */
export function Results({ results, whose }: { results: ResultDetail; whose: "You" | "This person" }) {
  const graded = results.clauses.filter((clause) => clause.confusion !== null);
  return (
    <Stacked>
      {results.concerns.length > 0 && (
        <Panel title="Worth a look">
          <ul className={classes.concerns}>
            {results.concerns.map((concern) => (
              <li key={concern}>{concern}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Figures
        figures={[
          { label: "Answers", value: count(results.answers), note: `${count(results.reliability.answers)} to posts others answered, too` },
          { label: "Right", value: <MeasuredBar measured={results.reliability.share} />, note: "judged by what others answered" },
          { label: "Time a task", value: speedWords(results.speed.median_ms), note: speedNote(results.speed) },
        ]}
      />
      <Panel title="By rule" flush>
        <DataTable label="Results by rule" rows={results.clauses} columns={columns} rowKey={(row) => `${row.release_label} ${row.clause_key}`} />
      </Panel>
      <Panel title="Over time" note={driftWords(results, whose)}>
        {results.stretches.length > 0 && (
          <ol className={classes.stretches}>
            {results.stretches.map((stretch) => (
              <li key={stretch.begins_at}>
                <span className={classes.soft}>until {fullTime(new Date(stretch.ends_at))}</span>
                <MeasuredBar measured={stretch.share} />
              </li>
            ))}
          </ol>
        )}
      </Panel>
      {graded.length > 0 && (
        <Panel title="Severity" note={`Rows: the grade others hold true. Columns: the one given. A frame marks agreement.`}>
          <div className={classes.confusions}>
            {graded.map((clause) =>
              clause.confusion === null ? null : (
                <Confusion key={clause.clause_key} title={clause.title} confusion={clause.confusion} whose={whose} />
              ),
            )}
          </div>
        </Panel>
      )}
    </Stacked>
  );
}

const columns: readonly Column<ClauseResult>[] = [
  {
    key: "rule",
    header: "Rule",
    render: (row) => (
      <span className={classes.rule}>
        {row.title}
        <span className={classes.soft}>{row.release_label}</span>
      </span>
    ),
  },
  { key: "right", header: "Right", render: (row) => <MeasuredBar measured={row.reliability.share} /> },
  { key: "beyond", header: "Beyond luck", render: (row) => <MeasuredBar measured={row.reliability.kappa} /> },
  { key: "answers", header: "Answers", align: "end", render: (row) => count(row.answers) },
];

function Confusion({ title, confusion, whose }: { title: string; confusion: GradeConfusion; whose: string }) {
  const most = Math.max(...confusion.table.flat(), 1);
  return (
    <div className={classes.confusion}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Held true</th>
            {confusion.grades.map((grade) => (
              <th key={grade.title} scope="col">
                {grade.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.table.map((row, truth) => (
            <tr key={confusion.grades[truth]?.title ?? truth}>
              <th scope="row">{confusion.grades[truth]?.title}</th>
              {row.map((cell, said) => (
                <td
                  key={confusion.grades[said]?.title ?? said}
                  data-right={truth === said || undefined}
                  style={{ background: `color-mix(in srgb, var(--accent) ${Math.round((cell / most) * 35)}%, transparent)` }}
                >
                  {cell.toFixed(1)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.soft}>{leaningWords(confusion, whose)}</p>
    </div>
  );
}

function leaningWords({ leaning, blur }: GradeConfusion, whose: string): string {
  const verb = whose === "You" ? "grade" : "grades";
  const way = Math.abs(leaning) < 0.2 ? "as others do" : `${Math.abs(leaning).toFixed(1)} steps ${leaning > 0 ? "graver" : "milder"} than others`;
  return `${whose} ${verb} ${way}, give or take ${blur.toFixed(1)} steps.`;
}

function driftWords(results: ResultDetail, whose: string): string {
  const { value, low, high, undefined_because: reason } = results.change;
  if (value === null || low === null || high === null) return reason ?? "";
  const points = (share: number): string => `${share > 0 ? "+" : ""}${Math.round(share * 100)}`;
  const verb = whose === "You" ? "agree" : "agrees";
  const trend = results.is_drifting ? `${whose} ${verb} ${value < 0 ? "less" : "more"} with others than at the start` : "No drift to be seen";
  return `${trend}: ${points(value)} points (${points(low)} to ${points(high)}).`;
}

export function speedWords(milliseconds: number | null): string {
  return milliseconds === null ? "Unknown" : duration(milliseconds);
}

function speedNote({ low_ms: low, high_ms: high }: Speed): string {
  return low === null || high === null ? "no task yet" : `half of them between ${duration(low)} and ${duration(high)}`;
}
