import { Textarea } from "@mantine/core";
import { AxisRow } from "../compare/AxisRow";
import { pairPositions } from "../compare/bundle";
import { confidenceSteps, rewriteOf } from "../compare/judgment";
import type { DeskModel } from "../compare/model";
import { ResponseCard } from "../compare/ResponseCard";
import { Rewriting } from "../compare/Rewriting";
import { ChoiceRow } from "@/work/ChoiceRow";
import { ScaleEnds } from "./ScaleEnds";
import classes from "./PairReview.module.css";

/** The reviewer's own judgment, by the parts of the desk that people judge at. */
export function OwnJudgment({ model, isComparingWords }: { model: DeskModel; isComparingWords: boolean }) {
  const { bundle, judgment, change } = model;
  return (
    <section className={classes.own} aria-label="Your own judgment">
      <div className={classes.pair}>
        {pairPositions.map((position) => (
          <ResponseCard key={position} position={position} model={model} isComparingWords={isComparingWords} isChecked={false} />
        ))}
      </div>
      {pairPositions
        .filter((position) => rewriteOf(judgment, position) !== null)
        .map((position) => (
          <Rewriting key={position} position={position} model={model} />
        ))}
      <div className={classes.scale}>
        <ScaleEnds />
        {bundle.axes.map((axis) => (
          <AxisRow key={axis.key} axis={axis} model={model} isChecked={false} isStacked />
        ))}
      </div>
      <ChoiceRow
        label="How sure are you"
        isLabelShown
        options={[...confidenceSteps]}
        value={judgment.confidence}
        onChoose={(confidence) => change({ ...judgment, confidence })}
      />
      <Textarea
        label="Reason (if it helps)"
        value={judgment.reason}
        maxLength={20_000}
        dir="auto"
        onChange={(event) => change({ ...judgment, reason: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </section>
  );
}
