import { Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, announce, refusalOf } from "@/ui";
import classes from "./Gold.module.css";

/** Hand a gold item out no more, and say why. */
export function RetireForm({
  item,
  projectId,
  onClose,
}: {
  item: { readonly id: string; readonly external_id: string };
  projectId: string;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const [because, setBecause] = useState("");
  const retire = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/gold/{item_id}/retire/", {
          params: { path: { project_id: projectId, item_id: item.id } },
          body: { because },
        }),
      ),
    onSuccess: async () => {
      announce("It is handed out no more.");
      await queries.invalidateQueries({ queryKey: ["gold", projectId] });
      onClose();
    },
  });
  return (
    <ActionForm action={retire} refusal={refusalOf(retire.error, ["because"])} confirm="Retire it" onCancel={onClose}>
      <p className={classes.soft}>“{item.external_id}” is handed out no more. Results on it stay.</p>
      <Textarea
        label="Why"
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={because}
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
