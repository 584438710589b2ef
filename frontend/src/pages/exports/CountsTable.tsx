import { count, Panel, PanelGrid } from "@/ui";
import classes from "./CountsTable.module.css";
import type { VersionDetail } from "./queries";
import { reasonWords, rowsOf } from "./wording";

const splits = ["train", "validation", "test"];

/** Rows by kind and split, and beside them what was left out and why. */
export function CountsTable({ version }: { version: VersionDetail }) {
  return (
    <PanelGrid min="460px">
      <Panel title="Rows">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              {splits.map((split) => (
                <th key={split} scope="col" data-align="end">
                  {split}
                </th>
              ))}
              <th scope="col" data-align="end">
                Simulated
              </th>
            </tr>
          </thead>
          <tbody>
            {version.kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">
                  <code>{kind}</code>
                </th>
                {splits.map((split) => (
                  <td key={split} data-align="end">
                    {count(version.counts[kind]?.[split] ?? 0)}
                  </td>
                ))}
                <td data-align="end">{count(version.simulated[kind] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title="Left out">
        {version.kinds.every((kind) => rowsOf(version.exclusions, kind) === 0) && (
          <p className={classes.none}>Everything that was answered became a row.</p>
        )}
        {version.kinds
          .filter((kind) => rowsOf(version.exclusions, kind) > 0)
          .map((kind) => (
            <div key={kind} className={classes.group}>
              <h3 className={classes.kind}>
                <code>{kind}</code>
              </h3>
              <ul className={classes.reasons}>
                {Object.entries(version.exclusions[kind] ?? {}).map(([reason, rows]) => (
                  <li key={reason}>
                    <span>{reasonWords(reason)}</span>
                    <span className={classes.number}>{count(rows)}</span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </Panel>
    </PanelGrid>
  );
}
