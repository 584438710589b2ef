import { NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { announceProblem } from "@/ui";
import classes from "./ApprovalsRequired.module.css";
import type { PolicyDetail } from "./shapes";

/** How many people have to approve a release; managers say so, the others read it. */
export function ApprovalsRequired({ policy }: { policy: PolicyDetail }) {
  const queries = useQueryClient();
  const mayChoose = useMay(policy.project_id, "project.manage");
  const mayRead = useMay(policy.project_id, "policy.approve");
  const require = useMutation({
    mutationFn: (required: number) =>
      taken(
        api.PUT("/api/policies/{policy_id}/approvals/", { params: { path: { policy_id: policy.id } }, body: { required } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["policy", policy.id] }),
    onError: announceProblem,
  });
  const number = policy.approvals_required;
  if (!mayChoose) {
    if (!mayRead) return null;
    return (
      <p className={classes.line}>
        A release needs the approval of {number === 1 ? "one person" : `${number} people`} who did not write it.
      </p>
    );
  }
  return (
    <p className={classes.line}>
      A release needs the approval of{" "}
      <NumberInput
        size="xs"
        w={64}
        aria-label="Approvals a release needs"
        min={1}
        max={10}
        clampBehavior="strict"
        allowDecimal={false}
        value={number}
        disabled={require.isPending}
        onChange={(value) => typeof value === "number" && value !== number && require.mutate(value)}
      />{" "}
      {number === 1 ? "person" : "people"} who did not write it.
    </p>
  );
}
