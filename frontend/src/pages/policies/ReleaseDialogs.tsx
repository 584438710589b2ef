import { Group, Modal, Radio, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { type Action, ActionForm, announce, plural, refusalOf } from "@/ui";
import classes from "./Dialogs.module.css";
import { hoursOf, totalsOf } from "./figures";
import { impactQuery, releaseChanged } from "./queries";
import type { Release } from "./shapes";
import { changeWords } from "./wording";

interface DialogProps {
  release: Release;
  isOpen: boolean;
  onClose: () => void;
}

/** Say whether the text can go out. */
export function ApproveDialog(props: DialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Review this draft">
      <ApproveForm {...props} />
    </Modal>
  );
}

function ApproveForm({ release, onClose }: DialogProps) {
  const [verdict, setVerdict] = useState<"approved" | "changes_requested">("approved");
  const [note, setNote] = useState("");
  const step = useStep(release, onClose, () =>
    taken(
      api.POST("/api/releases/{release_id}/approve/", {
        params: { path: { release_id: release.id } },
        body: { verdict, note },
      }),
    ),
  );
  const refusal = refusalOf(step.error, ["note"]);
  return (
    <ActionForm
      action={step}
      refusal={refusal}
      confirm={verdict === "approved" ? "Approve" : "Ask for changes"}
      onCancel={onClose}
    >
      <AuthorsWhy release={release} />
      <Radio.Group
        label="What do you say to this text?"
        value={verdict}
        onChange={(value) => setVerdict(value === "approved" ? "approved" : "changes_requested")}
      >
        <Group mt={6} gap="lg">
          <Radio value="approved" label="It can be published" data-autofocus />
          <Radio value="changes_requested" label="It needs changes" />
        </Group>
      </Radio.Group>
      <Textarea
        label="Note to the authors"
        minRows={3}
        maxLength={5000}
        error={refusal?.at("note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

/** What the authors give as reasons, clause by clause. */
function AuthorsWhy({ release }: { release: Release }) {
  const told = release.clauses.filter((clause) => clause.change_reason !== "");
  if (told.length === 0) return null;
  return (
    <dl className={classes.whys}>
      {told.map((clause) => (
        <div key={clause.key}>
          <dt>
            {clause.document.title} · {changeWords[clause.change]}
          </dt>
          <dd>{clause.change_reason}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The last look before a release becomes immutable. */
export function PublishDialog(props: DialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Publish this release">
      <PublishForm {...props} />
    </Modal>
  );
}

function PublishForm({ release, onClose }: DialogProps) {
  const navigate = useNavigate();
  const [when, setWhen] = useState("");
  const impact = useQuery({ ...impactQuery(release.id, null), enabled: release.based_on !== null });
  const step = useStep(
    release,
    onClose,
    () =>
      taken(
        api.POST("/api/releases/{release_id}/publish/", {
          params: { path: { release_id: release.id } },
          body: when === "" ? {} : { effective_at: new Date(when).toISOString() },
        }),
      ),
    release.based_on === null
      ? "Published. A manager or an engineer can now ask people for answers under it."
      : "Published. The text can no longer change.",
    () => {
      if (release.based_on !== null && (impact.data?.clauses.length ?? 0) > 0) {
        void navigate({ to: `/p/${release.policy.project_id}/releases/${release.id}`, search: { view: "impact" } });
      }
    },
  );
  const refusal = refusalOf(step.error, ["effective_at"], { effective_date: "effective_at" });
  return (
    <ActionForm action={step} refusal={refusal} confirm="Publish for good" onCancel={onClose}>
      <p className={classes.note}>A published release is never edited again. A later change is a new release.</p>
      {impact.data !== undefined && (
        <p className={classes.note}>
          {impact.data.clauses.length === 0
            ? `No meaning changes: every answer under release ${release.based_on?.number ?? ""} keeps holding.`
            : `${plural(impact.data.clauses.length, "clause")} changes meaning: ${totalsOf(impact.data)} stop holding. ` +
              `Asking again takes about ${hoursOf(impact.data.hours)}.`}
        </p>
      )}
      <TextInput
        type="datetime-local"
        label="Takes effect"
        data-autofocus
        description="Left empty: now."
        error={refusal?.at("effective_at")}
        value={when}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

/** Take a release out of use. */
export function RetireDialog(props: DialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={`Retire release ${props.release.number ?? ""}`}>
      <RetireForm {...props} />
    </Modal>
  );
}

function RetireForm({ release, onClose }: DialogProps) {
  const [reason, setReason] = useState("");
  const step = useStep(release, onClose, () =>
    taken(
      api.POST("/api/releases/{release_id}/retire/", {
        params: { path: { release_id: release.id } },
        body: { reason },
      }),
    ),
  );
  const refusal = refusalOf(step.error, ["reason"]);
  return (
    <ActionForm action={step} refusal={refusal} confirm="Retire for good" isDangerous onCancel={onClose}>
      <p className={classes.note}>
        It stays readable and keeps its number. Answers that cite it stay what they are. This cannot be taken back.
      </p>
      <Textarea
        label="Why"
        minRows={2}
        maxLength={2000}
        data-autofocus
        error={refusal?.at("reason")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function useStep(
  release: Release,
  onClose: () => void,
  run: () => Promise<unknown>,
  done?: string,
  then?: () => void,
): Action {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      if (done !== undefined) announce(done);
      onClose();
      await releaseChanged(queries, release.id, release.policy.id);
      then?.();
    },
  });
}
