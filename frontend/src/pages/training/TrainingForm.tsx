import { NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, QueryView, refusalOf } from "@/ui";
import { ClauseWeights, isWeight } from "./ClauseWeights";
import { type Offer, type Offers, offersQuery, type Settings } from "./queries";
import { RecipeChoice } from "./RecipeChoice";
import classes from "./training.module.css";

interface Props {
  projectId: string;
  versionId: string;
  onClose: () => void;
}

/** How to train on a version: what fits it, from which base, with which settings. */
export function TrainingForm({ versionId, ...rest }: Props) {
  const offers = useQuery(offersQuery(versionId));
  return <QueryView query={offers}>{(found) => <OfferedForm versionId={versionId} offers={found} {...rest} />}</QueryView>;
}

type Numbers = Exclude<keyof Settings, "precision" | "clause_weights">;

interface Numbered {
  name: Numbers;
  label: string;
  description?: string;
  min: number;
  max: number;
  step?: number;
  whole?: boolean;
}

const numbers: readonly Numbered[] = [
  { name: "epochs", label: "Epochs", min: 0.01, max: 100, step: 1 },
  { name: "learning_rate", label: "Learning rate", min: 1e-9, max: 1, step: 1e-5 },
  { name: "lora_rank", label: "Adapter rank", description: "0 trains every weight.", min: 0, max: 512, whole: true },
  { name: "max_length", label: "Most tokens", description: "Longer rows are left out.", min: 8, max: 131_072, whole: true },
  { name: "batch_size", label: "Batch", min: 1, max: 1024, whole: true },
  { name: "accumulation", label: "Batches a step", min: 1, max: 1024, whole: true },
  { name: "beta", label: "Beta", description: "Higher stays nearer to the base.", min: 0, max: 10, step: 0.05 },
  { name: "generations", label: "Replies a prompt", min: 2, max: 64, whole: true },
  { name: "max_completion", label: "Most tokens a reply", min: 1, max: 8192, whole: true },
  { name: "seed", label: "Seed", min: 0, max: 2_147_483_647, whole: true },
];

function OfferedForm({ projectId, versionId, offers, onClose }: Props & { offers: Offers }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState<Offer["name"] | null>(offers.results.find((offer) => offer.refusal === null)?.name ?? null);
  const recipe = offers.results.find((offer) => offer.name === name);
  const [base, setBase] = useState("");
  const [precision, setPrecision] = useState<"auto" | "float32" | "bf16">("auto");
  const [asked, setAsked] = useState<Readonly<Partial<Record<Numbers, number>>>>({});
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>({});
  const isWeighed = recipe !== undefined && "clause_weights" in recipe.usual;
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/training-runs/", {
          params: { path: { project_id: projectId } },
          body: {
            version_id: versionId,
            recipe: name ?? "reward",
            base: base.trim(),
            settings: { ...asked, precision, ...(isWeighed ? { clause_weights: { ...weights } } : {}) },
          },
        }),
      ),
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ["training runs", projectId] });
      void navigate({ to: `/p/${projectId}/training/${run.id}` });
    },
  });
  const refusal = refusalOf(start.error, ["base"], { encoder_name: "base" });
  const offered = numbers.filter((given) => recipe !== undefined && given.name in recipe.usual);
  const field = (given: Numbered) => (
    <NumberInput
      key={given.name}
      label={given.label}
      description={given.name === "max_length" && name === "encoder" ? "Longer texts are cut." : given.description}
      min={given.min}
      max={given.max}
      step={given.step ?? 1}
      allowDecimal={given.whole !== true}
      value={asked[given.name] ?? usualOf(recipe, given.name)}
      onChange={(value) => {
        if (typeof value === "number") setAsked({ ...asked, [given.name]: value });
      }}
    />
  );
  return (
    <ActionForm
      action={start}
      refusal={refusal}
      confirm="Start training"
      isReady={recipe !== undefined && base.trim() !== "" && Object.values(weights).every(isWeight)}
      onCancel={onClose}
    >
      <RecipeChoice
        offers={offers.results}
        chosen={name}
        onChange={(chosen) => {
          setName(chosen);
          setAsked({});
        }}
      />
      {recipe !== undefined && (
        <>
          <TextInput
            label="Base model"
            description={`${name === "encoder" ? "“bundled” for the one that comes with Concord, " : ""}“local:folder” under the worker’s folder of models, or “hub:owner/name” that lies in its cache; nothing is fetched.`}
            placeholder={name === "encoder" ? "bundled" : name === "sft_vlm" ? "hub:Qwen/Qwen2.5-VL-3B-Instruct" : "hub:Qwen/Qwen3-0.6B"}
            error={refusal?.at("base")}
            value={base}
            onChange={(event) => setBase(event.currentTarget.value)}
          />
          <div className={classes.pair}>{offered.slice(0, 4).map(field)}</div>
          {isWeighed && offers.clauses.length > 0 && <ClauseWeights clauses={offers.clauses} asked={weights} onChange={setWeights} />}
          <details className={classes.fold}>
            <summary>More settings</summary>
            <div className={classes.pair}>
              {offered.slice(4).map(field)}
              <Select
                label="Precision"
                data={[
                  { value: "auto", label: "bf16 where the GPU does it" },
                  { value: "bf16", label: "bf16" },
                  { value: "float32", label: "float32" },
                ]}
                value={precision}
                allowDeselect={false}
                onChange={(value) => setPrecision(value === "bf16" || value === "float32" ? value : "auto")}
              />
            </div>
          </details>
        </>
      )}
    </ActionForm>
  );
}

function usualOf(recipe: Offer | undefined, name: string): number | string {
  const usual = recipe?.usual[name];
  return typeof usual === "number" ? usual : "";
}
