import { Button, Group, Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { FormProblem, QueryView } from "@/ui";
import { type Clause, strategiesQuery, type Strategy } from "./queries";
import { ReleaseChoice } from "./ReleaseChoice";
import classes from "./StartForm.module.css";

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
              <RoundForm
                key={releaseId}
                projectId={projectId}
                releaseId={releaseId}
                clauses={clauses}
                strategies={known}
                onClose={onClose}
              />
            )}
          </ReleaseChoice>
        )}
      </QueryView>
    </Modal>
  );
}

interface FormProps {
  projectId: string;
  releaseId: string;
  clauses: readonly Clause[];
  strategies: readonly Strategy[];
  onClose: () => void;
}

function RoundForm({ projectId, releaseId, clauses, strategies, onClose }: FormProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [clauseKey, setClauseKey] = useState(clauses[0]?.key ?? "");
  const [strategy, setStrategy] = useState<Strategy["name"]>("margin");
  const [budget, setBudget] = useState(50);
  const [randomPercent, setRandomPercent] = useState(20);
  const [overlap, setOverlap] = useState(1);
  const [seed, setSeed] = useState(0);
  const [encoder, setEncoder] = useState("bundled");
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/rounds/", {
          params: { path: { project_id: projectId } },
          body: {
            release_id: releaseId,
            clause_key: clauseKey,
            strategy: strategy as "margin",
            budget,
            overlap,
            random_share: randomPercent / 100,
            seed,
            encoder: encoder.trim(),
          },
        }),
      ),
    onSuccess: async (round) => {
      await queries.invalidateQueries({ queryKey: ["rounds", projectId] });
      void navigate({ to: `/p/${projectId}/rounds/${round.id}` });
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    start.mutate();
  }
  const chosen = strategies.find((known) => known.name === strategy);
  return (
    <form className={classes.form} onSubmit={submit}>
      <Select
        label="Clause"
        data={clauses.map((clause) => ({ value: clause.key, label: clause.document.title }))}
        value={clauseKey}
        allowDeselect={false}
        onChange={(value) => setClauseKey(value ?? "")}
      />
      <Select
        label="Strategy"
        data={strategies.map(({ name, label }) => ({ value: name, label }))}
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
        <Whole label="Posts to choose" value={budget} min={1} max={100_000} onChange={setBudget} />
        <Whole
          label="Random share"
          description="Kept random, so that estimates stay fair."
          suffix=" %"
          value={randomPercent}
          min={1}
          max={100}
          onChange={setRandomPercent}
        />
      </div>
      <div className={classes.pair}>
        <Whole label="People per post" value={overlap} min={1} max={20} onChange={setOverlap} />
        <Whole
          label="Seed"
          description="The same seed on the same answers chooses the same posts."
          value={seed}
          min={0}
          max={2_147_483_647}
          onChange={setSeed}
        />
      </div>
      <TextInput
        label="Encoder"
        description="“bundled” works without a network."
        value={encoder}
        onChange={(event) => setEncoder(event.currentTarget.value)}
      />
      <FormProblem error={start.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={start.isPending} disabled={clauseKey === ""}>
          Start the round
        </Button>
      </Group>
    </form>
  );
}

function Whole({
  onChange,
  min,
  ...rest
}: {
  label: string;
  description?: string;
  suffix?: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      {...rest}
      min={min}
      allowDecimal={false}
      onChange={(value) => onChange(typeof value === "number" ? value : min)}
    />
  );
}
