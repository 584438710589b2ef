import { count, percent, sentenceCase } from "@/ui";
import classes from "./TaskBars.module.css";

interface TaskCount {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
}

const kindLabels: Readonly<Record<string, string>> = { label: "Labelling", compare: "Comparing" };
const order = ["closed", "open", "withdrawn"];

/** Tasks of each kind as one bar, cut by state; every cut is also said in words below it. */
export function TaskBars({ tasks }: { tasks: readonly TaskCount[] }) {
  const kinds = [...new Set(tasks.map((task) => task.kind))];
  return (
    <div className={classes.bars}>
      {kinds.map((kind) => {
        const cuts = order
          .map((state) => ({ state, count: tasks.find((task) => task.kind === kind && task.state === state)?.count ?? 0 }))
          .filter((cut) => cut.count > 0);
        const total = cuts.reduce((sum, cut) => sum + cut.count, 0);
        return (
          <div key={kind}>
            <div className={classes.words}>
              <span className={classes.kind}>{kindLabels[kind] ?? sentenceCase(kind)}</span>
              <span className={classes.total}>{count(total)} tasks</span>
            </div>
            <div className={classes.track} aria-hidden>
              {cuts.map((cut) => (
                <div key={cut.state} className={classes.cut} data-state={cut.state} style={{ flexGrow: cut.count }} />
              ))}
            </div>
            <ul className={classes.legend}>
              {cuts.map((cut) => (
                <li key={cut.state}>
                  <span className={classes.dot} data-state={cut.state} aria-hidden />
                  {cut.state === "closed" ? "Answered" : sentenceCase(cut.state)} {count(cut.count)}{" "}
                  <span className={classes.share}>{percent(cut.count / total, 0)}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
  );
}
