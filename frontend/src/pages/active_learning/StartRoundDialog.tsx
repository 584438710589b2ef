import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, announce, count, plural, QueryView, refusalOf } from "@/ui";
import { type Clause, type DecidedClause, decidedQuery, strategiesQuery, type Strategy } from "./queries";
import { GoOnFields } from "./plans/GoOnFields";
import { type GoOn, goOnBody, goOnFirst } from "./plans/goOn";
import { QuotaFields } from "./quotas/QuotaFields";
import { type QuotaRow, quotasBody } from "./quotas/quotas";
import { ReleaseChoice } from "./ReleaseChoice";
import classes from "./StartForm.module.css";
import { Whole } from "./Whole";

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Have a worker choose posts for people to answer. */
export function StartRoundDialog({ projectId, isOpen, onClose }: Props) {
  const strategies = useQuery(strategiesQuery);
  return (
    <Modal opened={isOpen} onClose={onClose} title="Start a round" size="lg">
      <QueryView query={strategies}>
        {(known) => (
          <ReleaseChoice projectId={projectId}>
            {(releaseId, clauses) => (
              <Decided key={releaseId} projectId={projectId} releaseId={releaseId}>
                {(decided) => (
                  <RoundForm
                    projectId={projectId}
                    releaseId={releaseId}
                    clauses={clauses}
                    decided={decided}
                    strategies={known}
                    onClose={onClose}
                  />
                )}
              </Decided>
            )}
          </ReleaseChoice>
        )}
      </QueryView>
    </Modal>
  );
}

/** What each clause has to learn from, before one is chosen. */
function Decided({
  projectId,
  releaseId,
  children,
}: {
  projectId: string;
  releaseId: string;
  children: (decided: readonly DecidedClause[]) => ReactNode;
}) {
  return <QueryView query={useQuery(decidedQuery(projectId, releaseId))}>{children}</QueryView>;
}

interface FormProps {
  projectId: string;
  releaseId: string;
  clauses: readonly Clause[];
  decided: readonly DecidedClause[];
  strategies: readonly Strategy[];
  onClose: () => void;
}

function RoundForm({ projectId, releaseId, clauses, decided, strategies, onClose }: FormProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const answersOf = (key: string): Readonly<Record<string, number>> =>
    decided.find((row) => row.clause_key === key)?.answers ?? {};
  // The clause with most to learn from, first.
  const [clauseKey, setClauseKey] = useState(
    () => [...clauses].sort((one, other) => totalOf(answersOf(other.key)) - totalOf(answersOf(one.key)))[0]?.key ?? "",
  );
  const [strategy, setStrategy] = useState<Strategy["name"]>("margin");
  const [budget, setBudget] = useState(50);
  const [randomPercent, setRandomPercent] = useState(20);
  const [overlap, setOverlap] = useState(1);
  const [seed, setSeed] = useState(0);
  const [encoder, setEncoder] = useState("bundled");
  const [quotas, setQuotas] = useState<readonly QuotaRow[]>([]);
  const [goOn, setGoOn] = useState<GoOn>(goOnFirst);
  const start = useMutation({
    mutationFn: async () => {
      const params = { path: { project_id: projectId } };
      const body = {
        release_id: releaseId,
        clause_key: clauseKey,
        strategy: strategy as "margin",
        budget,
        overlap,
        random_share: randomPercent / 100,
        seed,
        encoder: encoder.trim(),
        quotas: quotasBody(quotas),
      };
      if (!goOn.isOn) return (await taken(api.POST("/api/projects/{project_id}/rounds/", { params, body }))).id;
      await taken(api.POST("/api/projects/{project_id}/round-plans/", { params, body: { ...body, ...goOnBody(goOn) } }));
      return null;
    },
    onSuccess: async (roundId) => {
      await queries.invalidateQueries({ queryKey: [roundId === null ? "round plans" : "rounds", projectId] });
      if (roundId !== null) {
        void navigate({ to: `/p/${projectId}/rounds/${roundId}` });
        return;
      }
      announce("Rounds go on by themselves. The first one starts within a minute.");
      onClose();
    },
  });
  const chosen = strategies.find((known) => known.name === strategy);
  const refusal = refusalOf(
    start.error,
    ["clause_key", "strategy", "budget", "random_share", "overlap", "seed", "encoder", "quotas", "most_answers"],
    {
      clause_not_learnable: "clause_key",
      encoder_name: "encoder",
      encoder_unusable: "encoder",
      quotas_impossible: "quotas",
      plan_exists: "clause_key",
      plan_budget: "most_answers",
    },
  );
  return (
    <ActionForm action={start} refusal={refusal} confirm={goOn.isOn ? "Let rounds go on" : "Start the round"} isReady={clauseKey !== ""} onCancel={onClose}>
      <Select
        label="Clause"
        data={clauses.map((clause) => ({
          value: clause.key,
          label: `${clause.document.title} (${plural(totalOf(answersOf(clause.key)), "decided post")})`,
        }))}
        error={refusal?.at("clause_key")}
        value={clauseKey}
        allowDeselect={false}
        onChange={(value) => setClauseKey(value ?? "")}
      />
      <p className={classes.summary} role="status">
        {learningWords(answersOf(clauseKey), clauses.find((clause) => clause.key === clauseKey))}
      </p>
      <Select
        label="Strategy"
        data={strategies.map(({ name, label }) => ({ value: name, label }))}
        error={refusal?.at("strategy")}
        value={strategy}
        allowDeselect={false}
        onChange={(value) => setStrategy(value ?? "margin")}
      />
      {chosen !== undefined && (
        <p className={classes.summary} aria-live="polite">
          {chosen.summary}
          {chosen.needs_head && " While too few posts are decided, coverage is used in its place."}
        </p>
      )}
      <div className={classes.pair}>
        <Whole label="Posts to choose" error={refusal?.at("budget")} value={budget} min={1} max={100_000} onChange={setBudget} />
        <Whole
          label="Random share"
          description="Kept random, so that estimates stay fair."
          suffix=" %"
          error={refusal?.at("random_share")}
          value={randomPercent}
          min={1}
          max={100}
          onChange={setRandomPercent}
        />
      </div>
      <div className={classes.pair}>
        <Whole label="People per post" error={refusal?.at("overlap")} value={overlap} min={1} max={20} onChange={setOverlap} />
        <Whole
          label="Seed"
          description="The same seed on the same answers chooses the same posts."
          error={refusal?.at("seed")}
          value={seed}
          min={0}
          max={2_147_483_647}
          onChange={setSeed}
        />
      </div>
      <TextInput
        label="Encoder"
        description="“bundled” works without a network."
        error={refusal?.at("encoder")}
        value={encoder}
        onChange={(event) => setEncoder(event.currentTarget.value)}
      />
      <QuotaFields rows={quotas} problem={refusal?.at("quotas")} onChange={setQuotas} />
      <GoOnFields goOn={goOn} budgetError={refusal?.at("most_answers")} onChange={setGoOn} />
    </ActionForm>
  );
}

function totalOf(answers: Readonly<Record<string, number>>): number {
  return Object.values(answers).reduce((sum, posts) => sum + posts, 0);
}

/** A head needs two answers with at least two decided posts each. */
function learningWords(answers: Readonly<Record<string, number>>, clause: Clause | undefined): string {
  const told = Object.entries(answers).map(
    ([value, posts]) => `${count(posts)} ${clause?.document.answers.find((answer) => answer.value === value)?.label ?? value}`,
  );
  if (Object.values(answers).filter((posts) => posts >= 2).length >= 2) return `A head learns from what is decided: ${told.join(", ")}.`;
  return `${told.length === 0 ? "Nothing is decided on this clause yet" : `Too little is decided to learn from: ${told.join(", ")}`}. The round then covers the posts evenly, and trains no model.`;
}
