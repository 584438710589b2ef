import { Checkbox, MultiSelect, NumberInput, Select } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { AskDialog, askingClasses as classes, type Endpoint, EndpointField, Estimate, LimitFields, moneyWords, noLimits } from "@/asking";
import { ActionForm, count, plural, refusalOf } from "@/ui";
import { estimateQuery, type JudgeChoice, type JudgePlan, type Judges } from "./queries";

interface Props {
  judges: Judges;
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Put comparisons before a model; what it would cost is said before anything is sent. */
export function AskJudgeDialog({ judges, projectId, isOpen, onClose }: Props) {
  return (
    <AskDialog projectId={projectId} title="Ask a judge" isOpen={isOpen} onClose={onClose}>
      {(first, endpoints) => <AskForm judges={judges} projectId={projectId} first={first} endpoints={endpoints} onClose={onClose} />}
    </AskDialog>
  );
}

const whichChoices: readonly { value: NonNullable<JudgeChoice["which"]>; label: string }[] = [
  { value: "decided", label: "Those people decided" },
  { value: "undecided", label: "Those nobody decided yet" },
  { value: "all", label: "All of them" },
];

function AskForm({ judges, projectId, first, endpoints, onClose }: Omit<Props, "isOpen"> & { first: Endpoint; endpoints: readonly Endpoint[] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [endpoint, setEndpoint] = useState(first);
  const [keys, setKeys] = useState<string[]>(judges.axis === null ? [] : [judges.axis.key]);
  const [which, setWhich] = useState<NonNullable<JudgeChoice["which"]>>("decided");
  const [most, setMost] = useState(200);
  const [bothOrders, setBothOrders] = useState(true);
  const [limits, setLimits] = useState(noLimits);
  const choice: JudgeChoice = { endpoint_id: endpoint.id, clause_keys: keys, which, most, both_orders: bothOrders, temperature: 0, sample_seed: 0 };
  const estimate = useQuery({ ...estimateQuery(projectId, choice), placeholderData: keepPreviousData });
  const start = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/judge-runs/", {
          params: { path: { project_id: projectId } },
          body: { ...choice, most_cost: limits.cost, most_tokens: limits.tokens },
        }),
      ),
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ["judges", projectId] });
      void navigate({ to: `/p/${projectId}/judges/${run.id}` });
    },
  });
  return (
    <ActionForm action={start} refusal={refusalOf(start.error, [], {})} confirm="Start" isReady={estimate.data !== undefined && estimate.data.calls > 0} onCancel={onClose}>
      <EndpointField label="Judge" endpoints={endpoints} value={endpoint} onChange={setEndpoint} isFirst />
      <MultiSelect
        label="Axes"
        description="Their text is the judge’s instruction"
        placeholder={keys.length === 0 ? "All axes" : ""}
        data={judges.axes.map((axis) => ({ value: axis.key, label: axis.title }))}
        value={keys}
        onChange={setKeys}
        clearable
      />
      <div className={classes.row}>
        <Select
          label="Comparisons"
          data={whichChoices.map(({ value, label }) => ({ value, label }))}
          value={which}
          allowDeselect={false}
          onChange={(value) => setWhich(whichChoices.find((each) => each.value === value)?.value ?? "all")}
        />
        <NumberInput label="At most" min={1} max={20000} allowDecimal={false} value={most} onChange={(value) => setMost(typeof value === "number" && value >= 1 ? value : 200)} />
      </div>
      <Checkbox
        label="Ask in both orders"
        description="Shows whether its answer hangs on which response stands first."
        checked={bothOrders}
        onChange={(event) => setBothOrders(event.currentTarget.checked)}
      />
      <LimitFields limits={limits} hasPrices={estimate.data && estimate.data.cost !== null} onChange={(changed) => setLimits({ ...limits, ...changed })} />
      <Estimate estimate={estimate} waiting="Counting comparisons and tokens…">
        {(plan) => <Plan plan={plan} />}
      </Estimate>
    </ActionForm>
  );
}

function Plan({ plan }: { plan: JudgePlan }) {
  if (plan.calls === 0) return <p>No comparison is like this. Choose others, or bring some in first.</p>;
  return (
    <>
      <p>
        <strong>{plural(plan.calls, "call")}</strong> about {plural(plan.comparisons, "comparison")} on {plan.axes.map((axis) => axis.title).join(", ")}, about{" "}
        <strong>{count(plan.tokens_in + plan.tokens_out)} tokens</strong>
        {plan.cost !== null && (
          <>
            {" "}
            for <strong>{moneyWords(plan.cost)}</strong>
          </>
        )}
        {plan.least_seconds !== null && <>, at least {count(plan.least_seconds)} s</>}.
      </p>
      <p className={classes.soft}>
        Under {plan.release.label}. The same comparisons are asked every time, so that versions can be told apart. Pairs whose answer is known stay here.
      </p>
    </>
  );
}
