import { Checkbox, Modal, NumberInput, Radio, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, count, percent, refusalOf } from "@/ui";
import dialogs from "../Dialogs.module.css";
import { askedByImpact, type Asked, hoursOf, pointsOf } from "../figures";
import { campaignPlanQuery } from "../queries";
import { nounOf } from "../records/place";
import type { CampaignPlan, Impact } from "../shapes";

interface Props {
  projectId: string;
  impact: Impact;
  isOpen: boolean;
  onClose: () => void;
}

/** Order that what stopped holding be asked again. */
export function StartCampaignDialog(props: Props) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Ask again" size="lg">
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
  const [margin, setMargin] = useState<number | null>(null);
  const about = askedByImpact(impact, keys);
  const plan = useQuery({ ...campaignPlanQuery(impact.release.id, impact.against.id, keys), enabled: keys.length > 0 });
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/campaigns/", {
          params: { path: { project_id: projectId } },
          body: { release_id: impact.release.id, against_id: impact.against.id, clause_keys: keys, overlap, margin },
        }),
      ),
    onSuccess: async (campaign) => {
      await queries.invalidateQueries({ queryKey: ["campaigns", projectId] });
      void navigate({ to: `/p/${projectId}/campaigns/${campaign.id}` });
    },
  });
  const refusal = refusalOf(start.error, ["clause_keys", "overlap", "margin"], { campaign_clause: "clause_keys" });
  return (
    <ActionForm action={start} refusal={refusal} confirm="Start the campaign" isReady={keys.length > 0} onCancel={onClose}>
      <p className={dialogs.note}>
        Only these clauses, and only where somebody answered them under release {impact.against.number}. The old answers are
        shown beside the question.
      </p>
      <Checkbox.Group label="Clauses" value={keys} onChange={setKeys} error={refusal?.at("clause_keys")}>
        <div className={dialogs.choices}>
          {asked.map((clause) => (
            <Checkbox
              key={clause.clause_key}
              value={clause.clause_key}
              label={`${clause.title} (${clause.tallies.map(({ noun, count: number }) => `${count(number)} ${nounOf(noun, number)}`).join(", ")}; ${hoursOf(clause.hours)})`}
            />
          ))}
        </div>
      </Checkbox.Group>
      <HowMuch about={about} plan={keys.length === 0 ? undefined : plan.data} margin={margin} onChange={setMargin} error={refusal?.at("margin")} />
      <NumberInput
        label={`People per ${about.one}`}
        min={1}
        max={20}
        allowDecimal={false}
        error={refusal?.at("overlap")}
        value={overlap}
        onChange={(value) => setOverlap(typeof value === "number" ? value : 1)}
      />
    </ActionForm>
  );
}

/** All of it, or a sample; what the sample will tell stands below, before anything is asked. */
function HowMuch({
  about,
  plan,
  margin,
  onChange,
  error,
}: {
  about: Asked;
  plan: CampaignPlan | undefined;
  margin: number | null;
  onChange: (margin: number | null) => void;
  error: string | undefined;
}) {
  const total = plan === undefined ? "" : ` ${count(plan.population)}`;
  const chosen = plan?.samples.find((sample) => sample.margin === margin);
  return (
    <>
      <Radio.Group
        label={`How many ${about.many}`}
        value={margin === null ? "all" : "sample"}
        onChange={(value) => onChange(value === "all" ? null : 0.05)}
        error={error}
      >
        <div className={dialogs.choices}>
          <Radio value="all" data-autofocus label={`All${total} that are stale, the worst first`} />
          <Radio value="sample" label="A random sample, to know how many would change" />
        </div>
      </Radio.Group>
      {margin !== null && (
        <Select
          label="How exactly"
          allowDeselect={false}
          data={(plan?.samples ?? []).map((sample) => ({
            value: String(sample.margin),
            label: `Within ±${pointsOf(sample.margin)}: ${count(sample.size)} ${about.many}`,
          }))}
          value={String(margin)}
          onChange={(value) => onChange(Number(value))}
        />
      )}
      {plan !== undefined && chosen !== undefined && (
        <p className={dialogs.note} role="status">
          Of {count(plan.population)} stale {about.many} it asks {count(chosen.size)}: you will know the share that changed to within
          ±{pointsOf(chosen.margin)} with {percent(plan.confidence, 0).replace(" ", "\u00a0")} confidence, and can ask more, or all, with one click.
        </p>
      )}
    </>
  );
}
