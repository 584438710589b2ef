import { Checkbox, Modal, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, refusalOf } from "@/ui";
import type { Clause, Look } from "./queries";
import { ReleaseChoice } from "./ReleaseChoice";
import classes from "./StartForm.module.css";
import { lookWords } from "./wording";

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Have a worker look for decisions that are likely wrong. */
export function StartScanDialog({ projectId, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Start a noise scan" size="lg">
      <ReleaseChoice projectId={projectId}>
        {(releaseId, clauses) => (
          <ScanForm key={releaseId} projectId={projectId} releaseId={releaseId} clauses={clauses} onClose={onClose} />
        )}
      </ReleaseChoice>
    </Modal>
  );
}

function ScanForm({
  projectId,
  releaseId,
  clauses,
  onClose,
}: {
  projectId: string;
  releaseId: string;
  clauses: readonly Clause[];
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [keys, setKeys] = useState<string[]>(clauses.map((clause) => clause.key));
  const [looks, setLooks] = useState<Look[]>(lookWords.map(({ value }) => value));
  const [seed, setSeed] = useState(0);
  const [oneIn, setOneIn] = useState(10);
  const [alike, setAlike] = useState(95);
  const [encoder, setEncoder] = useState("bundled");
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/scans/", {
          params: { path: { project_id: projectId } },
          body: { release_id: releaseId, clause_keys: keys, looks, seed, encoder: encoder.trim(), wanted_precision: 1 / oneIn, alike_from: alike / 100 },
        }),
      ),
    onSuccess: async (scan) => {
      await queries.invalidateQueries({ queryKey: ["scans", projectId] });
      void navigate({ to: `/p/${projectId}/scans/${scan.id}` });
    },
  });
  const refusal = refusalOf(start.error, ["clause_keys", "looks", "seed", "encoder", "wanted_precision", "alike_from"], {
    clause_not_learnable: "clause_keys",
    encoder_name: "encoder",
    encoder_unusable: "encoder",
  });
  return (
    <ActionForm action={start} refusal={refusal} confirm="Start the scan" isReady={keys.length > 0 && looks.length > 0} onCancel={onClose}>
      <Checkbox.Group
        label="Clauses"
        value={keys}
        onChange={setKeys}
        error={keys.length === 0 ? "Choose at least one." : refusal?.at("clause_keys")}
      >
        <div className={classes.choices}>
          {clauses.map((clause) => (
            <Checkbox key={clause.key} value={clause.key} label={clause.document.title} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group
        label="Look at"
        value={looks}
        onChange={(chosen) => setLooks(lookWords.map(({ value }) => value).filter((look) => chosen.includes(look)))}
        error={looks.length === 0 ? "Choose at least one." : refusal?.at("looks")}
      >
        <div className={classes.choices}>
          {lookWords.map(({ value, label, note }) => (
            <Checkbox key={value} value={value} label={label} description={note} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.pair}>
        <NumberInput
          label="Worth it while one in … is wrong"
          description="Below, reviewers are told to stop."
          min={1}
          max={100}
          allowDecimal={false}
          error={refusal?.at("wanted_precision")}
          value={oneIn}
          onChange={(value) => setOneIn(typeof value === "number" && value >= 1 ? value : 10)}
        />
        <NumberInput
          label="Near-duplicates are alike from"
          description="Cosine of their embeddings."
          suffix=" %"
          min={50}
          max={100}
          allowDecimal={false}
          error={refusal?.at("alike_from")}
          value={alike}
          onChange={(value) => setAlike(typeof value === "number" && value >= 50 ? value : 95)}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Encoder"
          description="“bundled” works without a network."
          error={refusal?.at("encoder")}
          value={encoder}
          onChange={(event) => setEncoder(event.currentTarget.value)}
        />
        <NumberInput
          label="Seed"
          min={0}
          max={2_147_483_647}
          allowDecimal={false}
          error={refusal?.at("seed")}
          value={seed}
          onChange={(value) => setSeed(typeof value === "number" ? value : 0)}
        />
      </div>
    </ActionForm>
  );
}
