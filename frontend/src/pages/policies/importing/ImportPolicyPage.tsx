import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { useMay } from "@/api/session";
import { EmptyState, PageHeader, useProjectId } from "@/ui";
import { firstStop, useFocusKept } from "@/ui/focus";
import { policyQuery } from "../queries";
import { type ReadFile } from "./files";
import { ProposalDesk } from "./ProposalDesk";
import { SourceChoice } from "./SourceChoice";

/** From a document to a draft: choose files, look at what they become, arrange it, write it. */
export default function ImportPolicyPage() {
  const projectId = useProjectId();
  const mayEdit = useMay(projectId, "policy.edit");
  const search: Record<string, unknown> = useSearch({ strict: false });
  const policyId = typeof search["policy"] === "string" ? search["policy"] : null;
  const policy = useQuery({ ...policyQuery(policyId ?? ""), enabled: policyId !== null });
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  const preview = useMutation({
    mutationFn: (chosen: readonly ReadFile[]) =>
      taken(
        api.POST("/api/projects/{project_id}/policy-imports/preview/", {
          params: { path: { project_id: projectId } },
          body: { files: chosen.map((file) => file.given), policy_id: policyId },
        }),
      ),
  });
  const base = `/p/${projectId}/policies`;
  const crumbs = [
    { label: "Policies", to: base },
    ...(policyId !== null && policy.data !== undefined ? [{ label: policy.data.title, to: `${base}/${policyId}` }] : []),
  ];
  const proposal = preview.data;
  useFocusKept(proposal === undefined ? "files" : "proposal", () => firstStop(document.querySelector("[data-import]")));
  if (!mayEdit) {
    return (
      <>
        <PageHeader title="Bring in a policy" crumbs={crumbs} />
        <EmptyState title="Policy editors bring policies in" icon={IconFileImport}>
          Your role in this project reads policies. Ask a manager of the project to name you a policy editor.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={policyId === null ? "Bring in a policy" : "Bring in a new text"}
        lead={
          policyId === null
            ? "Documents, tables of examples, packs or a policy exported from Concord become a draft. Nothing is written before you say so."
            : "The text becomes a draft on top of the newest release. What it says already stays as it is; the rest waits for your decision."
        }
        crumbs={crumbs}
      />
      {proposal === undefined ? (
        <SourceChoice
          files={files}
          onFiles={setFiles}
          isReading={preview.isPending}
          error={preview.error}
          onRead={(chosen) => preview.mutate(chosen)}
        />
      ) : (
        <ProposalDesk
          projectId={projectId}
          policyId={policyId}
          preview={proposal}
          files={files}
          onBack={() => preview.reset()}
        />
      )}
    </>
  );
}
