import { Checkbox, Fieldset, Radio } from "@mantine/core";
import classes from "../StartForm.module.css";
import { Whole } from "../Whole";
import type { GoOn } from "./goOn";

interface Props {
  goOn: GoOn;
  budgetError: string | undefined;
  onChange: (goOn: GoOn) => void;
}

/** Whether further rounds start by themselves, when, and what ends them. */
export function GoOnFields({ goOn, budgetError, onChange }: Props) {
  const change = (part: Partial<GoOn>): void => onChange({ ...goOn, ...part });
  return (
    <>
      <Checkbox
        label="Go on by itself"
        description="Further rounds start with these settings until one of the ends below is reached."
        checked={goOn.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      {goOn.isOn && (
        <>
          <Fieldset legend="When the next round starts">
            <Radio.Group
              aria-label="The next round starts"
              value={goOn.by}
              onChange={(by) => change({ by: by === "hours" ? "hours" : "answers" })}
            >
              <div className={classes.choices}>
                <Radio value="answers" label="When enough posts are decided" />
                <Radio value="hours" label="Every so many hours" />
              </div>
            </Radio.Group>
            <div className={classes.pair}>
              {goOn.by === "answers" ? (
                <Whole label="Newly decided posts" value={goOn.answers} min={1} max={1_000_000} onChange={(answers) => change({ answers })} />
              ) : (
                <Whole label="Hours" value={goOn.hours} min={1} max={8760} onChange={(hours) => change({ hours })} />
              )}
              <Whole
                label="Answered first"
                description="Of the last round’s posts."
                suffix=" %"
                value={goOn.answeredPercent}
                min={0}
                max={100}
                onChange={(answeredPercent) => change({ answeredPercent })}
              />
            </div>
          </Fieldset>
          <Fieldset legend="What ends it">
            <div className={classes.choices}>
              <Checkbox
                label="So many answers are bought"
                checked={goOn.endsByBudget}
                onChange={(event) => change({ endsByBudget: event.currentTarget.checked })}
              />
              {goOn.endsByBudget && (
                <Whole
                  label="Answers in all"
                  error={budgetError}
                  value={goOn.mostAnswers}
                  min={1}
                  max={100_000_000}
                  onChange={(mostAnswers) => change({ mostAnswers })}
                />
              )}
              <Checkbox
                label="Rounds gain nothing any more"
                description="By the posts that models are measured on."
                checked={goOn.endsByPlateau}
                onChange={(event) => change({ endsByPlateau: event.currentTarget.checked })}
              />
              {goOn.endsByPlateau && (
                <Whole label="Rounds without a gain" value={goOn.plateauRounds} min={1} max={50} onChange={(plateauRounds) => change({ plateauRounds })} />
              )}
              <Checkbox
                label="Enough of the harm is found"
                description="Surely so: the lower end of the interval counts."
                checked={goOn.endsByRecall}
                onChange={(event) => change({ endsByRecall: event.currentTarget.checked })}
              />
              {goOn.endsByRecall && (
                <Whole
                  label="Share of the harmful posts"
                  suffix=" %"
                  value={goOn.recallPercent}
                  min={1}
                  max={100}
                  onChange={(recallPercent) => change({ recallPercent })}
                />
              )}
            </div>
          </Fieldset>
        </>
      )}
    </>
  );
}
