import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "@/api/session";
import { askedClausesQuery, proposingModelsQuery } from "@/work/protection/queries";
import type { HarmCategory, Prediction, ProjectSettings, ProposingModel } from "@/work/protection/shapes";
import classes from "../Protection.module.css";
import { choiceOf, clauseChoices, modelChoices, NOBODY, predictionOf } from "./models";

type Sorted = Pick<ProjectSettings, "clauses" | "predictions">;

/**
 * Which clause is about which kind of harm: what is decided on it then counts as that kind, and, until somebody says
 * anything, what a model predicts that is chosen here.
 */
export function Clauses({
  projectId,
  settings: { clauses, predictions },
  categories,
  onChange,
}: {
  projectId: string;
  settings: Sorted;
  categories: readonly HarmCategory[];
  onChange: (part: Partial<Sorted>) => void;
}) {
  const asked = useQuery(askedClausesQuery(projectId)).data ?? [];
  const maySeeModels = useMay(projectId, "results.view");
  const models = useQuery({ ...proposingModelsQuery(projectId), retry: false, enabled: maySeeModels }).data ?? [];
  const taken = new Set(clauses.map(({ clause_key: key }) => key));
  const free = asked.find(({ key }) => !taken.has(key));
  const trust = (key: string, prediction: Prediction | null): void => {
    const others = predictions.filter((one) => one.clause_key !== key);
    onChange({ predictions: prediction === null ? others : [...others, prediction] });
  };
  return (
    <>
      <h3 className={classes.part}>Clauses by kind of harm</h3>
      <p className={classes.note}>
        What people decide on a clause counts as harm of its kind. A model you choose counts until they do: such posts are then covered, counted and
        handed out as harmful. Its word shows in how they are covered, also to people who are shown no suggestions.
      </p>
      {clauses.map((row, at) => (
        <div key={row.clause_key} className={classes.limit}>
          <Select
            aria-label={`Clause ${at + 1}`}
            w={240}
            allowDeselect={false}
            searchable
            data={clauseChoices(asked, row.clause_key, taken)}
            value={row.clause_key}
            onChange={(key) => {
              if (key === null || key === row.clause_key) return;
              onChange({
                clauses: clauses.map((one, index) => (index === at ? { ...one, clause_key: key } : one)),
                predictions: predictions.filter((one) => one.clause_key !== row.clause_key),
              });
            }}
          />
          <Select
            aria-label={`Clause ${at + 1}: its kind`}
            w={180}
            allowDeselect={false}
            data={categories.map(({ key, name }) => ({ value: key, label: name }))}
            value={row.category}
            onChange={(value) => onChange({ clauses: clauses.map((one, index) => (index === at ? { ...one, category: value ?? one.category } : one)) })}
          />
          <Trusted
            at={at + 1}
            clauseKey={row.clause_key}
            models={models}
            prediction={predictions.find((one) => one.clause_key === row.clause_key)}
            onChange={(prediction) => trust(row.clause_key, prediction)}
          />
          <ActionIcon
            aria-label={`Remove clause ${at + 1}`}
            onClick={() =>
              onChange({ clauses: clauses.filter((_, index) => index !== at), predictions: predictions.filter((one) => one.clause_key !== row.clause_key) })
            }
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {asked.length === 0 && <p className={classes.note}>No policy is released yet; its clauses can be chosen here then.</p>}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={free === undefined}
          onClick={() => free !== undefined && onChange({ clauses: [...clauses, { clause_key: free.key, category: categories[0]?.key ?? "other" }] })}
        >
          Add a clause
        </Button>
      </div>
    </>
  );
}

function Trusted({
  at,
  clauseKey,
  models,
  prediction,
  onChange,
}: {
  at: number;
  clauseKey: string;
  models: readonly ProposingModel[];
  prediction: Prediction | undefined;
  onChange: (prediction: Prediction | null) => void;
}) {
  const confidence = prediction?.confidence_from ?? 0.9;
  return (
    <>
      <Select
        aria-label={`Clause ${at}: the model that counts`}
        w={210}
        allowDeselect={false}
        data={modelChoices(models, clauseKey, prediction)}
        value={choiceOf(prediction)}
        onChange={(choice) => onChange(choice === null || choice === NOBODY ? null : predictionOf(clauseKey, choice, confidence))}
      />
      {prediction !== undefined && (
        <NumberInput
          aria-label={`Clause ${at}: from this confidence on`}
          w={120}
          prefix="from "
          min={0.5}
          max={1}
          step={0.05}
          decimalScale={2}
          value={confidence}
          onChange={(value) => onChange({ ...prediction, confidence_from: typeof value === "number" ? value : confidence })}
        />
      )}
    </>
  );
}
