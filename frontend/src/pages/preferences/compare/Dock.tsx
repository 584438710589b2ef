import { Button, Textarea } from "@mantine/core";
import { IconArrowNarrowLeft, IconArrowNarrowRight } from "@tabler/icons-react";
import { Kbd, plural } from "@/ui";
import { AxisRow } from "./AxisRow";
import { keys, REASON_FIELD } from "./commands";
import type { DeskModel } from "./model";
import classes from "./Dock.module.css";
import { confidenceSteps, missingIn } from "./judgment";
import { PlacesRow } from "./slate/PlacesRow";
import type { Slate } from "./slate/useSlate";

/** The judgment itself: one scale per axis, lying under the two responses, then why, how sure, and the way on. */
export function Dock({
  model,
  slate,
  isChecked,
  onSubmit,
  onRule,
}: {
  model: DeskModel;
  /** Null where a pair is judged. */
  slate: Slate | null;
  isChecked: boolean;
  onSubmit: () => void;
  onRule: () => void;
}) {
  const { bundle, judgment, change } = model;
  const missing = missingIn(judgment, bundle);
  const openAxes = missing.filter(({ axisKey }) => axisKey !== null).length;
  const status =
    missing.length === 0
      ? "Ready"
      : openAxes > 0
        ? `${openAxes === 1 ? "One axis" : plural(openAxes, "axis", "axes")} still open`
        : (missing[0]?.sentence ?? "");
  return (
    <div className={classes.dock}>
      <div className={classes.legend}>
        <button type="button" className={classes.ruleButton} onClick={onRule}>
          Read the rule <Kbd of="compare.rule" keys={keys.rule} quiet />
        </button>
        {slate === null && bundle.axes.length > 0 && <div className={classes.ends} aria-hidden>
          <div>
            <span>
              <IconArrowNarrowLeft size={16} /> First is better
            </span>
            <span>
              Second is better <IconArrowNarrowRight size={16} />
            </span>
          </div>
        </div>}
      </div>
      <div className={classes.axes}>
        {bundle.axes.map((axis) =>
          slate === null ? (
            <AxisRow key={axis.key} axis={axis} model={model} isChecked={isChecked} />
          ) : (
            <PlacesRow key={axis.key} axis={axis} slate={slate} isChecked={isChecked} />
          ),
        )}
      </div>
      <div className={classes.foot}>
        <Textarea
          id={REASON_FIELD}
          className={classes.reason}
          aria-label="Reason"
          placeholder="Reason, if it helps (R)"
          minRows={1}
          maxRows={5}
          maxLength={20_000}
          dir="auto"
          value={judgment.reason}
          onChange={(event) => change({ ...judgment, reason: event.currentTarget.value }, { isStep: false })}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <div className={classes.sure} role="group" aria-label="How sure are you">
          {confidenceSteps.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className={classes.small}
              aria-pressed={judgment.confidence === value}
              onClick={() => change({ ...judgment, confidence: judgment.confidence === value ? null : value })}
            >
              {label}
            </button>
          ))}
          <Kbd of="compare.confidence" keys={keys.confidence} quiet />
        </div>
        <span className={classes.status} role="status" data-problem={(isChecked && missing.length > 0) || undefined}>
          {status}
        </span>
        <Button
          className={classes.send}
          variant={missing.length === 0 ? "filled" : "default"}
          rightSection={<Kbd of="compare.submit" keys="mod+Enter" quiet />}
          onClick={onSubmit}
        >
          Submit
        </Button>
      </div>
    </div>
  );
}
