import { Button } from "@mantine/core";
import { IconBook2, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
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
import { LinkButton } from "./LinkButton";
import { NewPolicyDialog } from "./NewPolicyDialog";
import classes from "./PoliciesPage.module.css";
import type { Policy } from "./shapes";

/** The shelf: every policy of the project, with what is in effect. */
export default function PoliciesPage() {
  const projectId = useProjectId();
  const mayEdit = useMay(projectId, "policy.edit");
  const [isWriting, setWriting] = useState(false);
  const mayManage = useMay(projectId, "project.manage");
  const policies = usePages(["policies", projectId], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/policies/", {
        params: { path: { project_id: projectId }, query: { cursor } },
      }),
    ),
  );
  const navigate = useNavigate();
  const bringIn = (): void => void navigate({ to: `/p/${projectId}/policies/import` });
  useShortcuts([
    { id: "policies.new", label: "Write a new policy", keys: "n", enabled: mayEdit, run: () => setWriting(true) },
    { id: "policies.import", label: "Bring in a policy from documents", keys: "i", enabled: mayEdit, run: bringIn },
  ]);
  const write = mayEdit ? (
    <>
      <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={bringIn}>
        Bring in a policy
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting(true)}>
        Write a policy
      </Button>
    </>
  ) : undefined;
  const members = mayManage ? (
    <LinkButton to={`/p/${projectId}/members`}>Name a policy editor</LinkButton>
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
        <EmptyState title="No policy is written yet" icon={IconBook2} actions={write ?? members}>
          {mayEdit
            ? "A policy is a list of clauses. Each clause asks one question and says how to answer it. Rules you have as documents become a first draft."
            : mayManage
              ? "A policy editor writes it. Nobody has to be one yet: name one under Members, then they begin here."
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

/** "1 approved, 1 waits for review, 1 open draft". */
function draftsSentence(policy: Policy): string {
  const approved = policy.drafts.filter((draft) => draft.is_approved).length;
  const waiting = policy.drafts.filter((draft) => draft.state === "in_review").length - approved;
  const open = policy.drafts.length - approved - waiting;
  return [
    ...(approved > 0 ? [`${approved} approved, to be published`] : []),
    ...(waiting > 0 ? [`${waiting} in review`] : []),
    ...(open > 0 ? [plural(open, "open draft")] : []),
  ].join(", ");
}

function PolicyEntry({ policy }: { policy: Policy }) {
  const { current } = policy;
  const base = `/p/${policy.project_id}`;
  return (
    <li className={classes.entry}>
      <span className={classes.spine} aria-hidden />
      <div>
        <h2 className={classes.title}>
          <AppLink to={`${base}/policies/${policy.id}`}>{policy.title}</AppLink>
        </h2>
        {policy.summary !== "" && <p className={classes.summary}>{policy.summary}</p>}
        <p className={classes.facts}>
          <code>{policy.key}</code>
          <span>{plural(policy.releases_count, "release")}</span>
          {policy.drafts.length > 0 && <span className={classes.drafts}>{draftsSentence(policy)}</span>}
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
