import { useQuery } from "@tanstack/react-query";
import { Panel } from "@/ui";
import { outcomesQuery } from "./queries";
import type { Outcome } from "./shapes";
import classes from "./WhyItMatters.module.css";
import { outcomeWords } from "./words";

/** What the work is for, in the words of those who ask for it, and what came of one's own; nothing where nobody says. */
export function WhyItMatters() {
  const { data } = useQuery(outcomesQuery);
  const told = (data ?? []).filter((one) => one.purpose !== "" || one.decided !== null);
  if (told.length === 0) return null;
  const isCounted = told.some(({ decided }) => decided !== null);
  return (
    <Panel title="Why it mattered" note={isCounted ? "Counted in tens and until midnight, over four weeks, so that nothing can be read out of a single answer." : undefined}>
      <div className={classes.projects}>
        {told.map((one) => (
          <Told key={one.project_id} outcome={one} isNamed={told.length > 1} />
        ))}
      </div>
    </Panel>
  );
}

function Told({ outcome, isNamed }: { outcome: Outcome; isNamed: boolean }) {
  const words = outcomeWords(outcome);
  return (
    <div className={classes.project}>
      {isNamed && <h3 className={classes.name}>{outcome.name}</h3>}
      {outcome.purpose !== "" && <p className={classes.purpose}>{outcome.purpose}</p>}
      {words !== null && <p className={classes.figure}>{words}</p>}
    </div>
  );
}
