import { Textarea } from "@mantine/core";
import { ChoiceRow } from "@/work/ChoiceRow";
import type { Judged } from "../../compare/bundle";
import { confidenceSteps, type Judgment, nextOpenAxis, withAnswer, withRewrite } from "../../compare/judgment";
import type { DeskModel } from "../../compare/model";
import { PlacesRow } from "../../compare/slate/PlacesRow";
import { SlateCards } from "../../compare/slate/SlateCards";
import { useSlate } from "../../compare/slate/useSlate";
import { letters } from "./told";
import classes from "../PairReview.module.css";

/** The reviewer's own answer, written over the responses as they are stored. */
export function OwnAnswer({
  judged,
  own,
  onChange,
  axisKey,
  onAxis,
}: {
  judged: Judged;
  own: Judgment;
  onChange: (next: Judgment) => void;
  axisKey: string;
  onAxis: (axisKey: string) => void;
}) {
  const model: DeskModel = {
    room: "pair-reviewing",
    names: letters,
    bundle: judged,
    leaseId: null,
    judgment: own,
    oldAnswers: [],
    oldRatings: [],
    oldCitations: [],
    activeKey: axisKey,
    setActiveKey: onAxis,
    change: onChange,
    answer: (key, answer) => {
      const next = withAnswer(own, key, answer);
      onChange(next);
      onAxis(nextOpenAxis(next, judged, key) ?? key);
    },
    rewrite: (position, text) => onChange(withRewrite(own, position, text)),
  };
  const slate = useSlate(model);
  if (slate === null) return null;
  return (
    <section className={classes.own} aria-label="Your own answer">
      <SlateCards slate={slate} isChecked={false} />
      <div className={classes.scale}>
        {judged.axes.map((axis) => (
          <PlacesRow key={axis.key} axis={axis} slate={slate} isChecked={false} />
        ))}
      </div>
      <ChoiceRow
        label="How sure are you"
        isLabelShown
        options={[...confidenceSteps]}
        value={own.confidence}
        onChoose={(confidence) => onChange({ ...own, confidence })}
      />
      <Textarea
        label="Reason (if it helps)"
        value={own.reason}
        maxLength={20_000}
        dir="auto"
        onChange={(event) => onChange({ ...own, reason: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </section>
  );
}
