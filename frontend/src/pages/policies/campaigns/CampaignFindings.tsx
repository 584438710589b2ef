import { languageName } from "@/pages/content/shapes";
import { count, type Figure, Panel, percent } from "@/ui";
import { clockOf } from "../figures";
import type { Campaign, CampaignFindings as Findings } from "../shapes";
import classes from "./CampaignFindings.module.css";

/** The share that changed, and when the rest will be in, as figures. */
export function findingFigures(campaign: Campaign, findings: Findings): Figure[] {
  const { items, bound, forecast } = findings;
  const figures: Figure[] = [];
  if (items.compared > 0) {
    figures.push({
      label: "Answers that changed",
      value: percent(items.changed / items.compared, 0),
      note:
        bound === null
          ? `${count(items.changed)} of ${count(items.compared)} decided so far`
          : `between ${percent(bound.low, 1)} and ${percent(bound.high, 1)}`,
    });
  }
  if (forecast !== null) {
    figures.push({
      label: "Done in about",
      value: clockOf(forecast.hours),
      note: `${clockOf(forecast.hours_least)} to ${clockOf(forecast.hours_most)}, at ${count(Math.round(forecast.per_day))} answers a day`,
    });
  } else if (campaign.progress.state === "running" && campaign.progress.answers_given < campaign.progress.answers_wanted) {
    figures.push({ label: "Done in about", value: "Not known", note: "after ten answers there is a pace" });
  }
  return figures;
}

/** What was found, with what it says of what was not asked; clause by clause and language by language. */
export function CampaignFindings({ findings, titleOf }: { findings: Findings; titleOf: (clauseKey: string) => string }) {
  return (
    <Panel title="What it found">
      <p className={classes.sentence}>{sentenceOf(findings)}</p>
      {findings.clauses.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Clause</th>
              <th scope="col">Language</th>
              <th scope="col">Asked</th>
              <th scope="col">Decided anew</th>
              <th scope="col">Changed</th>
            </tr>
          </thead>
          <tbody>
            {findings.clauses.map((row) => (
              <tr key={`${row.clause_key} ${row.language}`}>
                <td>{titleOf(row.clause_key)}</td>
                <td>{row.language === "" ? "Unknown" : languageName(row.language)}</td>
                <td>{count(row.asked)}</td>
                <td>{count(row.renewed)}</td>
                <td>{row.compared === 0 ? "—" : `${count(row.changed)} (${percent(row.changed / row.compared, 0)})`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function sentenceOf({ items, bound, confidence, population }: Findings): string {
  if (items.compared === 0) return "Nothing has a decision under both meanings yet.";
  const measured = `${count(items.changed)} of ${count(items.compared)} decisions that were made anew say something else than before.`;
  if (bound === null) return `${measured} The worst were asked first, so this says nothing yet of those that wait.`;
  if (bound.left === 0) return `${measured} Everything that was stale has been asked.`;
  const sure = percent(confidence, 0);
  const rest =
    bound.left === 1
      ? `The one that was not decided anew ${bound.left_most === 0 ? "would not" : "may change too"}.`
      : `Of the ${count(bound.left)} not decided anew, at most ${count(bound.left_most)} would.`;
  return (
    `${measured} Of all ${count(population)} stale ones, between ${percent(bound.low, 1)} and ${percent(bound.high, 1)} changed ` +
    `(${sure} sure). ${rest}`
  );
}
