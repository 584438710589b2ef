import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import type { GoldItem } from "./queries";

/** Choose one of all gold in use, found by what its post is called: the server looks, however much there is. */
export function GoldChoice({
  projectId,
  without,
  onChoose,
}: {
  projectId: string;
  without: readonly string[];
  onChoose: (item: GoldItem) => void;
}) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    queryKey: ["gold", projectId, "named", search],
    queryFn: () =>
      taken(api.GET("/api/projects/{project_id}/gold/", { params: { path: { project_id: projectId }, query: { search } } })),
    placeholderData: keepPreviousData,
  });
  const offered = (found.data?.results ?? []).filter((item) => item.is_offered && !without.includes(item.id));
  const isMore = found.data?.next != null;
  return (
    <Select
      label="Add a post"
      description={
        isMore
          ? "The newest gold in use; type part of a post’s name to find other."
          : "Gold that is in use. Say why an answer is known: people read it."
      }
      placeholder="Choose gold"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? "Looking" : search === "" ? "All gold is in the set" : "No gold in use is called that"}
      rightSection={found.isFetching ? <Loader size={14} /> : undefined}
      data={offered.map((item) => ({ value: item.id, label: item.external_id }))}
      value={null}
      onChange={(id) => {
        const item = offered.find((row) => row.id === id);
        if (item === undefined) return;
        setTyped("");
        onChoose(item);
      }}
    />
  );
}
