import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LoadingState, QueryView } from "@/ui";
import { type Clause, currentReleasesQuery, type DecidedClause, decidedQuery, releaseQuery } from "../queries";
import { type PostMap, pointsQuery } from "./mapQueries";
import { MapView } from "./MapView";

interface Asked {
  readonly releaseId: string;
  readonly clauseKey: string;
}

/** Which clause the map speaks of; a project without a release has a map all the same. */
export function ClauseChoice({ map }: { map: PostMap }) {
  const releases = useQuery(currentReleasesQuery(map.project_id));
  const [releaseId, setReleaseId] = useState<string | null>(null);
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const chosenId = releaseId ?? releases.data?.[0]?.id;
  const release = useQuery({ ...releaseQuery(chosenId ?? ""), enabled: chosenId !== undefined });
  const clauses = release.data?.clauses.filter((clause) => clause.document.kind === "verdict") ?? [];
  const decided = useQuery({ ...decidedQuery(map.project_id, chosenId ?? ""), enabled: chosenId !== undefined });
  const clause = clauses.find((one) => one.key === clauseKey) ?? mostDecided(clauses, decided.data ?? []);
  const asked = chosenId === undefined || clause === undefined ? null : { releaseId: chosenId, clauseKey: clause.key };
  if (releases.isPending || (chosenId !== undefined && (release.isPending || decided.isPending))) return <LoadingState label="Loading the map" />;
  const choice = (
    <>
      {(releases.data?.length ?? 0) > 1 && (
        <Select
          size="xs"
          aria-label="Release"
          data={releases.data?.map(({ id, label }) => ({ value: id, label })) ?? []}
          value={chosenId ?? null}
          allowDeselect={false}
          onChange={(value) => {
            setReleaseId(value);
            setClauseKey(null);
          }}
        />
      )}
      {clause !== undefined && (
        <Select
          size="xs"
          aria-label="Clause"
          data={clauses.map((one) => ({ value: one.key, label: one.document.title }))}
          value={clause.key}
          allowDeselect={false}
          onChange={setClauseKey}
        />
      )}
    </>
  );
  return <WithPoints map={map} asked={asked} clause={clause} choice={choice} />;
}

/** The clause with the most decided posts: it says most on a map. */
function mostDecided(clauses: readonly Clause[], decided: readonly DecidedClause[]): Clause | undefined {
  const total = (key: string): number =>
    Object.values(decided.find((row) => row.clause_key === key)?.answers ?? {}).reduce((sum, posts) => sum + posts, 0);
  return [...clauses].sort((one, other) => total(other.key) - total(one.key))[0];
}

function WithPoints({
  map,
  asked,
  clause,
  choice,
}: {
  map: PostMap;
  asked: Asked | null;
  clause: Clause | undefined;
  choice: React.ReactNode;
}) {
  const points = useQuery(pointsQuery(map.id, asked));
  return (
    <QueryView query={points}>
      {(found) => <MapView map={map} points={found} asked={asked} clause={clause} choice={choice} />}
    </QueryView>
  );
}
