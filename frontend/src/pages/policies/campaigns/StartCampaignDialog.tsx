import { Button, Checkbox, Group, Modal, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { count, FormProblem } from "@/ui";
import dialogs from "../Dialogs.module.css";
import { hoursOf } from "../figures";
import type { Impact } from "../shapes";

interface Props {
  projectId: string;
  impact: Impact;
  isOpen: boolean;
  onClose: () => void;
}

/** Order that what stopped holding be asked again. */
export function StartCampaignDialog(props: Props) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Ask again">
      <StartForm {...props} />
    </Modal>
  );
}

function StartForm({ projectId, impact, onClose }: Props) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const asked = impact.clauses.filter((clause) => clause.after !== null);
  const [keys, setKeys] = useState<string[]>(asked.map((clause) => clause.clause_key));
  const [overlap, setOverlap] = useState(1);
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/campaigns/", {
          params: { path: { project_id: projectId } },
          body: { release_id: impact.release.id, against_id: impact.against.id, clause_keys: keys, overlap },
        }),
      ),
    onSuccess: async (campaign) => {
      await queries.invalidateQueries({ queryKey: ["campaigns", projectId] });
      void navigate({ to: `/p/${projectId}/campaigns/${campaign.id}` });
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    start.mutate();
  }
  return (
    <form className={dialogs.form} onSubmit={submit}>
      <p className={dialogs.note}>
        Only these clauses, and only where somebody answered them under release {impact.against.number}. The old answers are
        shown beside the question.
      </p>
      <Checkbox.Group label="Clauses" value={keys} onChange={setKeys}>
        <div className={dialogs.choices}>
          {asked.map((clause) => (
            <Checkbox
              key={clause.clause_key}
              value={clause.clause_key}
              label={`${clause.title} (${count(clause.tallies.reduce((sum, tally) => sum + tally.count, 0))} records, ${hoursOf(clause.hours)})`}
            />
          ))}
        </div>
      </Checkbox.Group>
      <NumberInput
        label="People per post"
        min={1}
        max={20}
        allowDecimal={false}
        value={overlap}
        onChange={(value) => setOverlap(typeof value === "number" ? value : 1)}
      />
      <FormProblem error={start.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={start.isPending} disabled={keys.length === 0}>
          Start the campaign
        </Button>
      </Group>
    </form>
  );
}
