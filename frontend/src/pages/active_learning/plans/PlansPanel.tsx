import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { announce, announceProblem, count, ErrorState, Panel, plural, StatusBadge, Time, useConfirm } from "@/ui";
import { type RoundPlan, roundPlansPage } from "../queries";
import classes from "./PlansPanel.module.css";

const refreshMs = 10_000;

/** Rounds that go on by themselves: when each starts its next one, and how far it is to its end. Draws nothing before there is one. */
export function PlansPanel({ projectId }: { projectId: string }) {
  const plans = usePages(["round plans", projectId], (cursor) => roundPlansPage(projectId, cursor), {
    refetchInterval: refreshMs,
  });
  const mayRun = useMay(projectId, "models.run");
  if (plans.error !== null && plans.rows.length === 0) return <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />;
  if (plans.rows.length === 0) return null;
  return (
    <Panel title="Going on by themselves" note="Each starts its next round when the last one is answered, until one of its ends is reached.">
      <ul className={classes.plans}>
        {plans.rows.map((plan) => (
          <Plan key={plan.id} plan={plan} mayRun={mayRun} />
        ))}
      </ul>
      {plans.hasNextPage && (
        <Button variant="default" loading={plans.isFetchingNextPage} onClick={() => void plans.fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </Panel>
  );
}

function Plan({ plan, mayRun }: { plan: RoundPlan; mayRun: boolean }) {
  const { progress } = plan;
  return (
    <li className={classes.plan}>
      <div className={classes.head}>
        <h3 className={classes.title}>Rounds on {plan.clause_key}</h3>
        <StatusBadge state={plan.state} {...(plan.state === "running" ? { label: "Goes on" } : {})} />
        {mayRun && plan.state !== "ended" && <Actions plan={plan} />}
      </div>
      {plan.reason !== "" && <p className={classes.sentence}>{plan.reason}</p>}
      {progress !== null && (
        <>
          {plan.state === "running" && <p className={classes.sentence}>{progress.next_start}</p>}
          <ul className={classes.rules} aria-label={`What ends rounds on ${plan.clause_key}`}>
            {progress.rules.map((rule) => (
              <li key={rule.rule}>
                <p className={classes.soft}>{rule.sentence}</p>
                {rule.part !== null && <Progress size="sm" value={rule.part * 100} aria-label={`${ruleNames[rule.rule]}, how far`} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.soft}>
        {progress !== null && `${plural(progress.rounds, "round")} done, ${count(progress.still_asked)} answers still asked for. `}
        {plan.requested_by}, <Time at={plan.created_at} />
      </p>
    </li>
  );
}

const ruleNames: Readonly<Record<NonNullable<RoundPlan["progress"]>["rules"][number]["rule"], string>> = {
  budget: "Answers bought",
  plateau: "Rounds without a gain",
  recall: "Harm found",
};

type Address = "/api/round-plans/{plan_id}/pause/" | "/api/round-plans/{plan_id}/resume/" | "/api/round-plans/{plan_id}/end/";

function Actions({ plan }: { plan: RoundPlan }) {
  const queries = useQueryClient();
  const [ask, dialog] = useConfirm();
  const change = useMutation({
    mutationFn: (address: Address) => taken(api.POST(address, { params: { path: { plan_id: plan.id } } })),
    onSuccess: (stored) => announce(told[stored.state]),
    onError: announceProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: ["round plans", plan.project_id] }),
  });
  const isRunning = plan.state === "running";
  return (
    <div className={classes.actions}>
      <Button
        size="xs"
        variant="default"
        loading={change.isPending}
        aria-label={`${isRunning ? "Pause" : "Resume"} rounds on ${plan.clause_key}`}
        onClick={() => change.mutate(isRunning ? "/api/round-plans/{plan_id}/pause/" : "/api/round-plans/{plan_id}/resume/")}
      >
        {isRunning ? "Pause" : "Resume"}
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={`End rounds on ${plan.clause_key}`}
        onClick={() =>
          ask({
            title: `End rounds on ${plan.clause_key}`,
            text: "No further round starts. What people were asked stays asked. This cannot be taken back; you can start anew.",
            confirm: "End them",
            isDangerous: true,
            onConfirm: () => change.mutate("/api/round-plans/{plan_id}/end/"),
          })
        }
      >
        End
      </Button>
      {dialog}
    </div>
  );
}

const told: Readonly<Record<RoundPlan["state"], string>> = {
  running: "Rounds go on.",
  paused: "Paused. A round that runs already goes on.",
  ended: "Ended. No further round starts.",
};
