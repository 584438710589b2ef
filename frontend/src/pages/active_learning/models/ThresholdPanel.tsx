import { Button, NumberInput, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, Figures, Panel, refusalOf, WordsForm } from "@/ui";
import type { ModelDetail, ThresholdFound, Wanted } from "../queries";
import classes from "./models.module.css";
import { boundsWords, shareWords, statedWords, thresholdWords } from "./wording";
import { useDecision } from "./useDecision";

interface Statement {
  readonly figure: Wanted;
  readonly atLeast: number;
}

/** From which chance of harm on the promoted model suggests a harmful answer, chosen for a stated figure. */
export function ThresholdPanel({ model, mayPromote }: { model: ModelDetail; mayPromote: boolean }) {
  const stated = model.evaluation?.stated ?? null;
  const canState = mayPromote && model.state === "promoted" && model.meaning_holds && model.evaluation !== null;
  return (
    <Panel title="Threshold" note="From which chance of harm on a harmful answer is suggested. Below it, nothing is where harm is likeliest.">
      <p className={classes.plain}>
        {stated === null || model.evaluation === null
          ? "None is stated: the likeliest answer is suggested, whatever its chance."
          : `Harm is suggested from a chance of ${thresholdWords(model.evaluation.threshold)} on, for a ${statedWords(stated)}.`}
        {!canState && ` ${whyNot(model, mayPromote)}`}
      </p>
      {canState && <ThresholdForm model={model} isStated={stated !== null} />}
    </Panel>
  );
}

function whyNot(model: ModelDetail, mayPromote: boolean): string {
  if (model.evaluation === null) return "A threshold needs held-out posts and an answer that says harm.";
  if (model.state !== "promoted") return "One can be stated once the model is promoted.";
  if (!model.meaning_holds) return "";
  return mayPromote ? "" : "A manager or engineer of the project states it.";
}

function ThresholdForm({ model, isStated }: { model: ModelDetail; isStated: boolean }) {
  const [figure, setFigure] = useState<Wanted>("precision");
  const [share, setShare] = useState(90);
  const [stated, setStated] = useState<Statement | null>(null);
  const statement = { figure, atLeast: share / 100 };
  const find = useMutation({
    mutationFn: () =>
      taken(
        api.GET("/api/models/{model_id}/threshold/", {
          params: { path: { model_id: model.id }, query: { figure, at_least: statement.atLeast } },
        }),
      ),
    onSuccess: () => setStated(statement),
  });
  const refusal = refusalOf(find.error, ["figure", "at_least"], { threshold_unreachable: "at_least" });
  const forget = (): void => {
    setStated(null);
    find.reset();
  };
  return (
    <>
      <ActionForm action={find} refusal={refusal} confirm="Work out the threshold">
        <div className={classes.statement}>
          <SegmentedControl
            aria-label="The figure to state"
            value={figure}
            onChange={(value) => {
              setFigure(value === "recall" ? "recall" : "precision");
              forget();
            }}
            data={[
              { value: "precision", label: "Precision" },
              { value: "recall", label: "Recall" },
            ]}
          />
          <NumberInput
            label="At least"
            suffix=" %"
            min={1}
            max={100}
            allowDecimal={false}
            value={share}
            onChange={(value) => {
              setShare(typeof value === "number" ? value : 90);
              forget();
            }}
          />
        </div>
        {refusal?.at("at_least") !== undefined && (
          <p className={classes.notice} role="alert">
            {refusal.at("at_least")}
          </p>
        )}
      </ActionForm>
      {stated !== null && find.data !== undefined && <Found model={model} found={find.data} stated={stated} onStored={forget} />}
      {isStated && stated === null && <TakeBack model={model} />}
    </>
  );
}

function Found({ model, found, stated, onStored }: { model: ModelDetail; found: ThresholdFound; stated: Statement; onStored: () => void }) {
  const [reason, setReason] = useState("");
  const store = useDecision(model, {
    send: () =>
      taken(
        api.POST("/api/models/{model_id}/threshold/", {
          params: { path: { model_id: model.id } },
          body: { after: model.ordinal, reason, figure: stated.figure, at_least: stated.atLeast },
        }),
      ),
    told: "A worker stores what the model suggests from this threshold on.",
    onDone: onStored,
  });
  const one = (label: string, of: ThresholdFound["precision"]) => ({ label, value: shareWords(of), note: boundsWords(of) });
  return (
    <div className={classes.found} role="group" aria-label="What was worked out">
      <Figures
        figures={[
          { label: "Threshold", value: thresholdWords(found.threshold), note: "chance of harm" },
          one("Precision", found.precision),
          one("Recall", found.recall),
        ]}
      />
      <WordsForm
        action={store}
        field="reason"
        label="Why this threshold"
        description="Kept with the decision, for whoever looks at it later."
        confirm="Suggest from it on"
        text={reason}
        onText={setReason}
        lines={2}
      />
    </div>
  );
}

function TakeBack({ model }: { model: ModelDetail }) {
  const [reason, setReason] = useState<string | null>(null);
  const store = useDecision(model, {
    send: () =>
      taken(
        api.POST("/api/models/{model_id}/threshold/", {
          params: { path: { model_id: model.id } },
          body: { after: model.ordinal, reason: reason ?? "", figure: null, at_least: null },
        }),
      ),
    told: "The model suggests its likeliest answer again.",
    onDone: () => setReason(null),
  });
  if (reason === null) {
    return (
      <Button variant="subtle" size="compact-sm" onClick={() => setReason("")}>
        Go without a threshold
      </Button>
    );
  }
  return (
    <div className={classes.found}>
      <WordsForm
        action={store}
        field="reason"
        label="Why without a threshold"
        confirm="Suggest the likeliest answer"
        text={reason}
        onText={setReason}
        onCancel={() => setReason(null)}
        lines={2}
      />
    </div>
  );
}
