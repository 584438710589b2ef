import { Modal, NumberInput, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { ActionForm, announce, refusalOf } from "@/ui";
import { type Rules, rulesQuery, type Timing, timings } from "./reading";

interface Asked {
  readonly projectId: string;
  readonly rules: Rules;
  readonly onClose: () => void;
}

/** When suggestions are shown, to how many, and from which confidence on. */
export function RulesDialog({ isOpen, ...asked }: Asked & { readonly isOpen: boolean }) {
  return (
    <Modal opened={isOpen} onClose={asked.onClose} title="When suggestions are shown">
      <RulesForm {...asked} />
    </Modal>
  );
}

function RulesForm({ projectId, rules, onClose }: Asked) {
  const queries = useQueryClient();
  const [timing, setTiming] = useState<Timing>(rules.timing);
  const [share, setShare] = useState(Math.round(rules.share * 100));
  const [least, setLeast] = useState(rules.confidence_min);
  const change = useMutation({
    mutationFn: () =>
      taken(
        api.PUT("/api/projects/{project_id}/suggestion-rules/", {
          params: { path: { project_id: projectId } },
          body: { timing, share: share / 100, confidence_min: least },
        }),
      ),
    onSuccess: async (changed) => {
      await showAnswer(queries, rulesQuery(projectId).queryKey, changed);
      await queries.invalidateQueries(rulesQuery(projectId));
      announce("The rules hold for tasks handed out from now on.");
      onClose();
    },
  });
  const refusal = refusalOf(change.error, ["timing", "share", "confidence_min"]);
  return (
    <ActionForm action={change} refusal={refusal} confirm="Save the rules" onCancel={onClose}>
      <Select
        label="Suggestions are shown"
        data={timings.map((one) => ({ ...one }))}
        value={timing}
        onChange={(value) => setTiming(timings.find((one) => one.value === value)?.value ?? timing)}
        allowDeselect={false}
        error={refusal?.at("timing")}
      />
      <NumberInput
        label="For this share of the tasks"
        description="Drawn by lot for each task. Keep some without, so that it can be measured what showing them does."
        suffix=" %"
        min={0}
        max={100}
        disabled={timing === "off"}
        value={share}
        onChange={(value) => setShare(typeof value === "number" ? value : 0)}
        error={refusal?.at("share")}
      />
      <NumberInput
        label="Only from this confidence on"
        description="From 0 to 1, as the model tells it."
        min={0}
        max={1}
        step={0.05}
        decimalScale={2}
        disabled={timing === "off"}
        value={least}
        onChange={(value) => setLeast(typeof value === "number" ? value : 0)}
        error={refusal?.at("confidence_min")}
      />
    </ActionForm>
  );
}
