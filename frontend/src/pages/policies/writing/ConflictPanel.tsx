import { Button } from "@mantine/core";
import { IconGitMerge } from "@tabler/icons-react";
import { Kbd } from "@/ui";
import { keyOf } from "@/work/keyTables";
import type { ClauseText } from "../shapes";
import { conflictCommands } from "./commands";
import classes from "./ConflictPanel.module.css";
import { passagesOf } from "./passages";

/** Two people saved the same clause: both texts, where they differ, and a choice. Nothing is lost before it. */
export function ConflictPanel({
  mine,
  theirs,
  onKeepMine,
  onTakeTheirs,
}: {
  mine: ClauseText;
  theirs: ClauseText;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const left = passagesOf(mine);
  const right = passagesOf(theirs);
  const names = [...new Set([...left.keys(), ...right.keys()])].filter((name) => left.get(name) !== right.get(name));
  return (
    <section className={classes.panel} role="alert" aria-label="Two versions of this clause">
      <h2 className={classes.title}>
        <IconGitMerge size={18} aria-hidden /> Somebody else saved this clause while you wrote
      </h2>
      <p className={classes.text}>Yours is kept below and not saved yet. Compare, then choose; you can still edit either.</p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Passage</th>
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td dir="auto">{left.get(name) ?? ""}</td>
              <td dir="auto">{right.get(name) ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.actions}>
        <Button variant="default" rightSection={<Kbd {...keyOf(conflictCommands, "writing.theirs")} quiet />} onClick={onTakeTheirs}>
          Take theirs
        </Button>
        <Button rightSection={<Kbd {...keyOf(conflictCommands, "writing.mine")} quiet />} onClick={onKeepMine}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}
