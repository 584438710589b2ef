import { Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, refusalOf } from "@/ui";

/** A version before the re-labelling is done: the reason stands on its card for good. */
export function BuildAnywayDialog({
  datasetId,
  why,
  onClose,
  onStarted,
}: {
  datasetId: string;
  /** What the server said stands in the way; null while nothing does. */
  why: string | null;
  onClose: () => void;
  onStarted: () => Promise<unknown>;
}) {
  const [reason, setReason] = useState("");
  const build = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/datasets/{dataset_id}/versions/", {
          params: { path: { dataset_id: datasetId } },
          body: { override_reason: reason },
        }),
      ),
    onSuccess: async () => {
      onClose();
      await onStarted();
    },
  });
  const refusal = refusalOf(build.error, ["override_reason"]);
  return (
    <Modal opened={why !== null} onClose={onClose} title="Build before the re-labelling is done?">
      <ActionForm action={build} refusal={refusal} confirm="Build it anyway" isReady={reason.trim() !== ""} onCancel={onClose}>
        <p>{why}</p>
        <Textarea
          label="Why"
          description="Stands on the version’s card, with your name."
          autosize
          minRows={3}
          maxLength={1000}
          data-autofocus
          value={reason}
          error={refusal?.at("override_reason")}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ActionForm>
    </Modal>
  );
}
