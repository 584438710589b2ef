import { AppLink, PageHeader, Stacked, useProjectId } from "@/ui";
import { ImportHistory } from "./ImportHistory";
import { ManifestPanel } from "./ManifestPanel";
import { UploadPanel } from "./UploadPanel";

/** Bring in posts: first the files, then the manifest that says which post is made of what. */
export default function ImportPage() {
  const projectId = useProjectId();
  const base = `/p/${projectId}/posts`;
  return (
    <>
      <PageHeader
        title="Bring in posts"
        lead={
          <>
            Files first, then a manifest that names them. <AppLink to={`/p/${projectId}/jobs`}>Jobs</AppLink> shows what
            the workers are at.
          </>
        }
        crumbs={[{ label: "Posts", to: base }]}
      />
      <Stacked>
        <UploadPanel projectId={projectId} />
        <ManifestPanel projectId={projectId} />
        <ImportHistory projectId={projectId} />
      </Stacked>
    </>
  );
}
