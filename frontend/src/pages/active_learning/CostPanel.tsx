import { useQuery } from "@tanstack/react-query";
import { count, duration, Figures, Panel, plural, QueryView } from "@/ui";
import { type ArmCost, type RoundCost, roundCostQuery } from "./queries";

/** What the round has cost people and workers, and what a harmful post cost beside one found by lot. */
export function CostPanel({ roundId }: { roundId: string }) {
  const cost = useQuery(roundCostQuery(roundId));
  return (
    <Panel title="Cost" note="People's time is the time their pages were active on this round's posts, superseded answers included.">
      <QueryView query={cost}>{(found) => <CostFigures cost={found} />}</QueryView>
    </Panel>
  );
}

function CostFigures({ cost }: { cost: RoundCost }) {
  const { all, strategy, lot } = cost;
  const asked = all.answers + all.waited_for;
  return (
    <Figures
      figures={[
        { label: "Answers given", value: `${count(all.answers)} of ${count(asked)}`, note: all.people === 0 ? "by nobody yet" : `by ${plural(all.people, "person", "people")}` },
        { label: "People's time", value: time(all.seconds), note: all.seconds_each === null ? "known with the first answer" : `${time(all.seconds_each)} an answer` },
        { label: "Still to come", value: time(cost.seconds_left), note: leftWords(cost) },
        { label: "One harm, by strategy", value: time(strategy.seconds_per_harmful), note: foundWords(strategy) },
        { label: "One harm, by lot", value: time(lot.seconds_per_harmful), note: foundWords(lot) },
        { label: "Computing", value: time(cost.computed_seconds), note: "of one worker, from start to end" },
      ]}
    />
  );
}

const time = (seconds: number | null): string => (seconds === null ? "—" : duration(seconds * 1000));

const leftWords = ({ all }: RoundCost): string =>
  all.waited_for === 0 ? "nobody is asked any more" : `${plural(all.waited_for, "answer")}, as long each`;

const foundWords = (arm: ArmCost): string =>
  arm.decided === 0 ? "no post decided yet" : `${count(arm.harmful)} harmful of ${count(arm.decided)} decided`;
