import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { WordsForm } from "@/ui";
import type { ModelDetail } from "../queries";
import classes from "./models.module.css";
import { useDecision } from "./useDecision";

type Address = "/api/models/{model_id}/promotion/" | "/api/models/{model_id}/rollback/" | "/api/models/{model_id}/withdrawal/";

interface Choice {
  readonly address: Address;
  readonly label: string;
  readonly title: string;
  /** What comes of it. */
  readonly text: string;
  readonly told: string;
  readonly isQuiet: boolean;
}

/** What a manager or engineer may decide about the model now; each asks for a reason. */
export function PromotionActions({ model }: { model: ModelDetail }) {
  const [open, setOpen] = useState<Choice | null>(null);
  return (
    <>
      {choicesOf(model).map((choice) => (
        <Button key={choice.label} variant={choice.isQuiet ? "default" : "filled"} onClick={() => setOpen(choice)}>
          {choice.label}
        </Button>
      ))}
      <Modal opened={open !== null} onClose={() => setOpen(null)} title={open?.title ?? ""}>
        {open !== null && <ReasonForm model={model} choice={open} onClose={() => setOpen(null)} />}
      </Modal>
    </>
  );
}

function choicesOf(model: ModelDetail): readonly Choice[] {
  const name = `version ${model.number}`;
  const promote: Choice = {
    address: "/api/models/{model_id}/promotion/",
    label: "Promote",
    title: `Promote ${name}`,
    text: "It suggests from then on, in place of the model that does now. Later rounds train models and leave it promoted.",
    told: "Promoted. A worker stores what it suggests for the posts that are asked about.",
    isQuiet: false,
  };
  if (model.state !== "promoted") return model.meaning_holds ? [promote] : [];
  const choices: Choice[] = [];
  if (model.promotions[0]?.kind === "by_round" && model.meaning_holds) {
    choices.push({ ...promote, label: "Keep it promoted", title: `Keep ${name} promoted`, text: "Later rounds train models and leave this one promoted.", told: "Later rounds leave it promoted.", isQuiet: true });
  }
  choices.push({
    address: "/api/models/{model_id}/withdrawal/",
    label: "Take away",
    title: "Take the promotion away",
    text: "No model suggests for this clause until a person promotes one. What was suggested so far is no longer shown.",
    told: "No model suggests for this clause now.",
    isQuiet: true,
  });
  if (model.before !== null) {
    const before = model.before.number;
    choices.push({
      address: "/api/models/{model_id}/rollback/",
      label: `Go back to version ${before}`,
      title: `Go back to version ${before}`,
      text: `Version ${before} suggests again, from its own threshold on, in place of ${name}.`,
      told: `Version ${before} suggests again.`,
      isQuiet: false,
    });
  }
  return choices;
}

function ReasonForm({ model, choice, onClose }: { model: ModelDetail; choice: Choice; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const decide = useDecision(model, {
    send: () => taken(api.POST(choice.address, { params: { path: { model_id: model.id } }, body: { after: model.ordinal, reason } })),
    told: choice.told,
    onDone: onClose,
  });
  return (
    <WordsForm
      action={decide}
      field="reason"
      label="Why"
      description="Kept with the decision, for whoever looks at it later."
      confirm={choice.label}
      text={reason}
      onText={setReason}
      onCancel={onClose}
      isFirst
      before={<p className={classes.plain}>{choice.text}</p>}
    />
  );
}
