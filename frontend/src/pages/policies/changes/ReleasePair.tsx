import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { policyQuery } from "../queries";
import type { Release } from "../shapes";
import classes from "./ChangesView.module.css";

export interface Pair {
  /** The release compared with; the one this was drafted from until another is chosen. */
  readonly against: string | null;
  readonly choose: (releaseId: string, against: string | null) => void;
}

/** Which two releases are compared. The address says it, so that a comparison can be sent to somebody. */
export function useReleasePair(release: Release): Pair {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const named = search["against"];
  const against = typeof named === "string" && named !== release.id ? named : (release.based_on?.id ?? null);
  return {
    against,
    choose: (releaseId, other) =>
      void navigate({
        to: `/p/${release.policy.project_id}/releases/${releaseId}`,
        search: { ...search, against: other ?? undefined },
        replace: releaseId === release.id,
      }),
  };
}

/** Two choices of a release, the earlier one first. */
export function ReleasePair({ release, pair }: { release: Release; pair: Pair }) {
  const policy = useQuery(policyQuery(release.policy.id));
  const all = policy.data?.releases ?? [];
  const published = all.filter((other) => other.number !== null);
  const nameOf = (number: number | null): string => (number === null ? "Draft" : `Release ${number}`);
  const here = { value: release.id, label: nameOf(release.number) };
  return (
    <>
      <Select
        label="From"
        classNames={{ root: classes.against }}
        allowDeselect={false}
        data={published.filter((other) => other.id !== release.id).map((other) => ({ value: other.id, label: nameOf(other.number) }))}
        value={pair.against}
        onChange={(value) => pair.choose(release.id, value)}
      />
      <Select
        label="To"
        classNames={{ root: classes.against }}
        allowDeselect={false}
        data={[
          ...(published.some((other) => other.id === release.id) ? [] : [here]),
          ...published.map((other) => ({ value: other.id, label: nameOf(other.number) })),
        ].filter((other) => other.value !== pair.against)}
        value={release.id}
        onChange={(value) => value !== null && pair.choose(value, pair.against)}
      />
    </>
  );
}
