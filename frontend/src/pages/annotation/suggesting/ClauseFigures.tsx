import { type Column, count, DataTable, Panel, plural } from "@/ui";
import { MeasuredBar } from "../people/MeasuredBar";
import { speedWords } from "../people/Results";
import { type ClauseBias, type Measured, pointsWords, timeDifferenceWords } from "./reading";
import classes from "./Suggesting.module.css";

interface ArmRow {
  readonly name: string;
  readonly arm: ClauseBias["shown"] | null;
  readonly difference: ClauseBias["difference"] | null;
  readonly tasks: number | null;
}

/** One clause: the tasks that were shown suggestions beside those that were not, and what became of each item. */
export function ClauseFigures({ told }: { told: ClauseBias }) {
  const rows: readonly ArmRow[] = [
    { name: "Shown", arm: told.shown, difference: null, tasks: told.shown.tasks },
    { name: "Not shown", arm: told.not_shown, difference: null, tasks: told.not_shown.tasks },
    { name: "What showing does", arm: null, difference: told.difference, tasks: null },
  ];
  const { items, second_thoughts: second } = told;
  return (
    <Panel title={told.title} note={<code>{told.release_label}</code>} flush>
      <DataTable label={`Suggestions for ${told.title}`} rows={rows} columns={columns} rowKey={(row) => row.name} />
      <p className={classes.tally}>
        {count(items.accepted)} accepted, {count(items.changed)} accepted and changed, {count(items.rejected)} rejected, {count(items.ignored)} left alone.
        {second.shown > 0 && (
          <>
            {" "}
            Of {plural(second.shown, "answer")} after which the model’s was shown, {count(second.differing)} differed; {count(second.to_model)} of these went over to the model, {count(second.from_model)} others turned
            away from it.
          </>
        )}
      </p>
    </Panel>
  );
}

const columns: readonly Column<ArmRow>[] = [
  { key: "arm", header: "Tasks", width: "170px", render: ({ name, tasks }) => <span className={classes.arm}>{tasks === null ? name : `${name}, ${count(tasks)}`}</span> },
  share("agreement", "The model’s answer"),
  share("accuracy", "Right"),
  share("followed_wrong", "The model’s where it is wrong"),
  {
    key: "time",
    header: "Time a task",
    width: "150px",
    render: ({ arm, difference }) => (arm !== null ? speedWords(arm.median_ms.value) : difference !== null ? <Told words={timeDifferenceWords(difference.median_ms)} why={difference.median_ms} /> : null),
  },
];

function share(key: "agreement" | "accuracy" | "followed_wrong", header: string): Column<ArmRow> {
  return {
    key,
    header,
    render: ({ arm, difference }) =>
      arm !== null ? <MeasuredBar measured={arm[key]} /> : difference !== null ? <Told words={pointsWords(difference[key])} why={difference[key]} /> : null,
  };
}

function Told({ words, why }: { words: ReturnType<typeof pointsWords>; why: Measured }) {
  if (words === null) return <span className={classes.soft}>{why.undefined_because}</span>;
  return (
    <>
      <strong>{words.value}</strong> <span className={classes.soft}>{words.range}</span>
    </>
  );
}
