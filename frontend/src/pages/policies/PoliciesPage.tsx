import { Button } from "@mantine/core";
import { IconBook2, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import {
  AppLink,
  EmptyState,
  ErrorState,
  LoadingState,
  PageHeader,
  plural,
  StatusBadge,
  Time,
  useProjectId,
  useShortcuts,
} from "@/ui";
import { NewPolicyDialog } from "./NewPolicyDialog";
import classes from "./PoliciesPage.module.css";
import type { Policy } from "./shapes";

/** The shelf: every policy of the project, with what is in effect. */
export default function PoliciesPage() {
  const projectId = useProjectId();
  const mayEdit = useMay(projectId, "policy.edit");
  const [isWriting, setWriting] = useState(false);
  const policies = usePages(["policies", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/policies/", {
        params: { path: { project_id: projectId }, query: { cursor } },
      }),
    ),
  );
  useShortcuts([
    { id: "policies.new", label: "Write a new policy", keys: "n", enabled: mayEdit, run: () => setWriting(true) },
  ]);
  const write = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting(true)}>
      Write a policy
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Policies"
        lead="Each answer in this project cites a clause of one of these, at the release it was given under."
        actions={policies.rows.length > 0 ? write : undefined}
      />
      {policies.isPending && <LoadingState label="Loading policies" />}
      {policies.error !== null && <ErrorState error={policies.error} onRetry={policies.refetch} />}
      {policies.isSuccess && policies.rows.length === 0 && (
        <EmptyState title="No policy is written yet" icon={IconBook2} actions={write}>
          {mayEdit
            ? "A policy is a list of clauses. Each clause asks one question and says how to answer it."
            : "When a policy editor releases one, it stands here to be read."}
        </EmptyState>
      )}
      <ul className={classes.shelf}>
        {policies.rows.map((policy) => (
          <PolicyEntry key={policy.id} policy={policy} />
        ))}
      </ul>
      {policies.hasNextPage && (
        <Button variant="subtle" loading={policies.isFetchingNextPage} onClick={() => void policies.fetchNextPage()}>
          Show more
        </Button>
      )}
      <NewPolicyDialog projectId={projectId} isOpen={isWriting} onClose={() => setWriting(false)} />
    </>
  );
}

function PolicyEntry({ policy }: { policy: Policy }) {
  const { current } = policy;
  const base = `/p/${policy.project_id}`;
  return (
    <li className={classes.entry}>
      <span className={classes.spine} aria-hidden />
      <div className={classes.words}>
        <h2 className={classes.title}>
          <AppLink to={`${base}/policies/${policy.id}`}>{policy.title}</AppLink>
        </h2>
        {policy.summary !== "" && <p className={classes.summary}>{policy.summary}</p>}
        <p className={classes.facts}>
          <code>{policy.key}</code>
          <span>{plural(policy.releases_count, "release")}</span>
          {policy.open_drafts > 0 && <span className={classes.drafts}>{plural(policy.open_drafts, "open draft")}</span>}
        </p>
      </div>
      <div className={classes.current}>
        {current === null ? (
          <span className={classes.none}>Nothing in effect yet</span>
        ) : (
          <>
            <span className={classes.label}>
              <AppLink to={`${base}/releases/${current.id}`}>Release {current.number}</AppLink>
              <StatusBadge state="released" label="In effect" />
            </span>
            <span className={classes.since}>
              since <Time at={current.effective_at} />
            </span>
          </>
        )}
      </div>
    </li>
  );
}
