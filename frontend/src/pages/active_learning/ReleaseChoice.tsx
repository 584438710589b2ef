import { Select } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { AppLink, EmptyState, QueryView } from "@/ui";
import { type Clause, currentReleasesQuery, releaseQuery } from "./queries";
import classes from "./StartForm.module.css";

/** Chooses a release in effect, then draws what is asked about its verdict clauses. */
export function ReleaseChoice({
  projectId,
  children,
}: {
  projectId: string;
  children: (releaseId: string, clauses: readonly Clause[]) => ReactNode;
}) {
  const releases = useQuery(currentReleasesQuery(projectId));
  return (
    <QueryView query={releases}>
      {(found) =>
        found.length === 0 ? (
          <EmptyState
            framed={false}
            icon={IconBook2}
            title="No policy is released yet"
            actions={<AppLink to={`/p/${projectId}/policies`}>Look at the policies</AppLink>}
          >
            Heads learn the answers of a released clause.
          </EmptyState>
        ) : (
          <Chosen releases={found}>{children}</Chosen>
        )
      }
    </QueryView>
  );
}

function Chosen({
  releases,
  children,
}: {
  releases: readonly { id: string; label: string }[];
  children: (releaseId: string, clauses: readonly Clause[]) => ReactNode;
}) {
  const [releaseId, setReleaseId] = useState(releases[0]?.id ?? "");
  const release = useQuery(releaseQuery(releaseId));
  return (
    <div className={classes.form}>
      <Select
        label="Release"
        data={releases.map(({ id, label }) => ({ value: id, label }))}
        value={releaseId}
        allowDeselect={false}
        onChange={(value) => setReleaseId(value ?? "")}
      />
      <QueryView query={release}>
        {(found) => children(releaseId, found.clauses.filter((clause) => clause.document.kind === "verdict"))}
      </QueryView>
    </div>
  );
}
