import { Checkbox, MultiSelect, NumberInput, Select } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { AskDialog, type Endpoint, EndpointField, Estimate, LimitFields, type Limits } from "@/asking";
import { ActionForm, refusalOf, useProjectId } from "@/ui";
import { releaseQuery } from "../queries";
import type { PolicyDetail, ReleaseBrief } from "../shapes";
import classes from "./bench.module.css";
import { usualLimits } from "./limits";
import { Plan } from "./Plan";
import { type BenchChoice, estimateQuery } from "./queries";

interface Props {
  policy: PolicyDetail;
  /** The text to begin with, such as the draft somebody came from. */
  first: string | null;
  isOpen: boolean;
  onClose: () => void;
}

/** Try a text on decided posts; what it would cost is said before anything is sent. */
export function StartBenchDialog({ policy, first, isOpen, onClose }: Props) {
  const projectId = useProjectId();
  return (
    <AskDialog projectId={projectId} title="Try a text on decided posts" isOpen={isOpen} onClose={onClose}>
      {(model, endpoints) => <BenchForm policy={policy} first={first} model={model} endpoints={endpoints} onClose={onClose} />}
    </AskDialog>
  );
}

function nameOf(release: ReleaseBrief): string {
  return release.number === null ? `Draft by ${release.created_by.display_name}` : `Release ${release.number}`;
}

function BenchForm({
  policy,
  first,
  model,
  endpoints,
  onClose,
}: {
  policy: PolicyDetail;
  first: string | null;
  model: Endpoint;
  endpoints: readonly Endpoint[];
  onClose: () => void;
}) {
  const projectId = useProjectId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const draft = policy.releases.find((release) => release.number === null);
  const [releaseId, setReleaseId] = useState(first ?? draft?.id ?? policy.current?.id ?? policy.releases[0]?.id ?? "");
  const [baselineId, setBaselineId] = useState<string | null>(policy.current?.id ?? null);
  const [endpoint, setEndpoint] = useState(model);
  const [keys, setKeys] = useState<string[]>([]);
  const [perClause, setPerClause] = useState(50);
  const [seeds, setSeeds] = useState(1);
  const [bothOrders, setBothOrders] = useState(true);
  const [heldOut, setHeldOut] = useState(false);
  // Undefined: as it is usually done; null: without.
  const [ownTemperature, setTemperature] = useState<number | undefined>(undefined);
  const [own, setOwn] = useState<Partial<Limits>>({});
  const release = useQuery({ ...releaseQuery(releaseId), enabled: releaseId !== "" });
  const clauses = release.data?.clauses.filter((clause) => clause.document.kind === "verdict") ?? [];
  const choice: BenchChoice = {
    release_id: releaseId,
    baseline_id: baselineId === releaseId ? null : baselineId,
    endpoint_id: endpoint.id,
    clause_keys: keys,
    per_clause: perClause,
    both_orders: bothOrders,
    seeds,
    temperature: ownTemperature ?? usualTemperature(seeds),
    sample_seed: 0,
    held_out: heldOut,
  };
  // What it would take does not hang on where it is stopped.
  const estimate = useQuery({ ...estimateQuery(projectId, choice), placeholderData: keepPreviousData });
  const usual = usualLimits(estimate.data);
  const limits: Limits = { ...usual, ...own };
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/bench-runs/", {
          params: { path: { project_id: projectId } },
          body: { ...choice, most_tokens: limits.tokens, most_cost: limits.cost },
        }),
      ),
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ["bench runs", policy.id] });
      void navigate({ to: `/p/${projectId}/policies/${policy.id}/bench/${run.id}` });
    },
  });
  const texts = policy.releases.map((one) => ({ value: one.id, label: nameOf(one) }));
  return (
    <ActionForm
      action={start}
      refusal={refusalOf(start.error, [], {})}
      confirm="Start"
      isReady={estimate.data !== undefined && estimate.data.calls > 0}
      onCancel={onClose}
    >
      <div className={classes.pair}>
        <Select label="Text" data={texts} value={releaseId} allowDeselect={false} onChange={(value) => setReleaseId(value ?? "")} data-autofocus />
        <Select
          label="Against, to see what flips"
          placeholder="Nothing"
          clearable
          data={texts.filter((one) => one.value !== releaseId)}
          value={baselineId === releaseId ? null : baselineId}
          onChange={setBaselineId}
        />
      </div>
      <EndpointField label="Judge" endpoints={endpoints} value={endpoint} onChange={setEndpoint} />
      <MultiSelect
        label="Clauses"
        placeholder={keys.length === 0 ? "All questions" : ""}
        data={clauses.map((clause) => ({ value: clause.key, label: clause.document.title }))}
        value={keys}
        onChange={setKeys}
        clearable
        searchable
      />
      <div className={classes.pair} data-three>
        <NumberInput label="Posts a clause" min={1} max={2000} allowDecimal={false} value={perClause} onChange={(value) => setPerClause(whole(value, 50))} />
        <NumberInput label="Seeds" min={1} max={10} allowDecimal={false} value={seeds} onChange={(value) => setSeeds(whole(value, 1))} />
        <NumberInput
          label="Temperature"
          min={0}
          max={2}
          step={0.1}
          decimalScale={2}
          value={choice.temperature}
          onChange={(value) => setTemperature(typeof value === "number" ? value : undefined)}
        />
      </div>
      {seeds > 1 && choice.temperature === 0 && (
        <p className={classes.note}>At temperature 0 every seed gives the same answer: several of them only cost more.</p>
      )}
      <Checkbox
        label="Ask with the examples in both orders"
        description="Shows whether answers hang on which example stands last."
        checked={bothOrders}
        onChange={(event) => setBothOrders(event.currentTarget.checked)}
      />
      <Checkbox
        label="Final figures: only posts that measure people and models"
        description="Leave this for the last look. A text that is mended until it does well on these posts is measured by nothing."
        checked={heldOut}
        onChange={(event) => setHeldOut(event.currentTarget.checked)}
      />
      <LimitFields limits={limits} hasPrices={estimate.data && estimate.data.cost !== null} onChange={(changed) => setOwn({ ...own, ...changed })} />
      <Estimate estimate={estimate} waiting="Counting posts and tokens…">
        {(plan) => <Plan plan={plan} limits={limits} />}
      </Estimate>
    </ActionForm>
  );
}

/** The same seed gives the same answer at temperature 0: several seeds tell something only above it. */
function usualTemperature(seeds: number): number {
  return seeds > 1 ? 0.7 : 0;
}

function whole(value: number | string, fallback: number): number {
  return typeof value === "number" && value >= 1 ? value : fallback;
}
