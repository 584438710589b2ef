import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { ActionForm, announce, announceProblem, AppLink, Facts, PageHeader, Panel, plural, QueryView, refusalOf, Stacked, Time, useProjectId, useRouteParam } from "@/ui";
import { PrecedentPost } from "@/work/precedents/PrecedentPost";
import { builtInCover } from "@/work/seeing/shapes";
import { PrecedentBadge } from "./PrecedentBadge";
import { type Precedent, precedentQuery, precedentsChanged } from "./queries";
import classes from "./Precedents.module.css";

/** `/p/:id/precedents/:id`: one ruling, its post covered, and who stands behind it. */
export default function PrecedentPage() {
  const query = useQuery(precedentQuery(useRouteParam("precedentId")));
  return <QueryView query={query}>{(precedent) => <PrecedentView precedent={precedent} />}</QueryView>;
}

function PrecedentView({ precedent }: { precedent: Precedent }) {
  const projectId = useProjectId();
  const queries = useQueryClient();
  const mayApprove = useMay(projectId, "policy.approve");
  const mayRule = useMay(projectId, "policy.edit");
  const [isRetiring, setRetiring] = useState(false);
  const approve = useMutation({
    mutationFn: () => taken(api.POST("/api/precedents/{precedent_id}/approve/", { params: { path: { precedent_id: precedent.id } } })),
    onSuccess: async () => {
      announce("Approved: whoever labels a post like it is shown this ruling.");
      await precedentsChanged(queries, projectId, precedent.post_id);
    },
    onError: announceProblem,
  });
  const isProposed = precedent.state === "proposed";
  return (
    <>
      <PageHeader
        title={`${precedent.answer_label}${precedent.severity_label === "" ? "" : `, ${precedent.severity_label.toLowerCase()}`}`}
        badge={<PrecedentBadge precedent={precedent} />}
        lead={precedent.clause_title}
        crumbs={[{ label: "Precedents", to: `/p/${projectId}/precedents` }]}
        actions={
          mayApprove && (
            <>
              {precedent.state !== "retired" && (
                <Button variant="default" onClick={() => setRetiring(true)}>
                  Retire it
                </Button>
              )}
              {isProposed && !precedent.is_own && precedent.holds && (
                <Button loading={approve.isPending} onClick={() => approve.mutate()}>
                  Approve it
                </Button>
              )}
            </>
          )
        }
      />
      <div className={classes.columns}>
        <Stacked>
          <Panel title="The ruling">
            <p className={classes.words} dir="auto">
              {precedent.reason}
            </p>
            {isProposed && precedent.is_own && <p className={classes.hint}>You made this ruling. Somebody else approves it.</p>}
            {!precedent.holds && precedent.state !== "retired" && (
              <p className={classes.hint}>
                The rule means something else by now, so nobody is shown this.{" "}
                {mayRule && <AppLink to={`/p/${projectId}/settle/${precedent.post_id}?clause=${precedent.clause_key}`}>Rule on the post again.</AppLink>}
              </p>
            )}
            {precedent.state === "retired" && (
              <p className={classes.hint}>
                Retired by {precedent.retired_by}: {precedent.retired_reason}
              </p>
            )}
          </Panel>
          <PrecedentPost postId={precedent.post_id} cover={builtInCover} />
        </Stacked>
        <aside aria-label="About this precedent">
          <Panel title="About this precedent">
            <Facts
              facts={[
                ["Post", <AppLink key="post" to={`/p/${projectId}/posts/${precedent.post_id}`}>{precedent.external_id}</AppLink>],
                ["Ruled under", <AppLink key="release" to={`/p/${projectId}/releases/${precedent.release_id}`}>{precedent.release_label}</AppLink>],
                ["Ruled by", precedent.ruled_by],
                ["Ruled", <Time key="ruled" at={precedent.ruled_at} />],
                ["Approved by", precedent.approved_by === "" ? "Nobody yet" : precedent.approved_by],
                ["Cited", plural(precedent.cited, "time")],
              ]}
            />
          </Panel>
        </aside>
      </div>
      <RetireDialog precedent={precedent} isOpen={isRetiring} onClose={() => setRetiring(false)} />
    </>
  );
}

function RetireDialog({ precedent, isOpen, onClose }: { precedent: Precedent; isOpen: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const retire = useMutation({
    mutationFn: () =>
      taken(api.POST("/api/precedents/{precedent_id}/retire/", { params: { path: { precedent_id: precedent.id } }, body: { reason } })),
    onSuccess: async () => {
      announce("Retired: nobody is shown it any more. Answers that cite it stay.");
      onClose();
      await precedentsChanged(queries, precedent.project_id, precedent.post_id);
    },
  });
  const refusal = refusalOf(retire.error, ["reason"], { precedent_reason: "reason" });
  return (
    <Modal opened={isOpen} onClose={onClose} title="Retire this precedent?">
      <ActionForm action={retire} refusal={refusal} confirm="Retire it" isReady={reason.trim() !== ""} onCancel={onClose}>
        <Textarea
          label="Why"
          description="Whoever looks at an answer that cites it reads this."
          autosize
          minRows={3}
          maxLength={2000}
          data-autofocus
          error={refusal?.at("reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Modal>
  );
}
