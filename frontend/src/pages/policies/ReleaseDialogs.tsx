import { Button, Group, Modal, Radio, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { announce, FormProblem, plural } from "@/ui";
import classes from "./Dialogs.module.css";
import { hoursOf, totalsOf } from "./figures";
import { impactQuery, releaseChanged } from "./queries";
import type { Release } from "./shapes";

interface DialogProps {
  release: Release;
  isOpen: boolean;
  onClose: () => void;
}

/** Say whether the text can go out. */
export function ApproveDialog(props: DialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Review this release">
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
  return (
    <StepForm step={step} onClose={onClose} confirm={verdict === "approved" ? "Approve" : "Ask for changes"}>
      <Radio.Group
        label="What do you say to this text?"
        value={verdict}
        onChange={(value) => setVerdict(value === "approved" ? "approved" : "changes_requested")}
      >
        <Group mt={6} gap="lg">
          <Radio value="approved" label="It can be published" />
          <Radio value="changes_requested" label="It needs changes" />
        </Group>
      </Radio.Group>
      <Textarea
        label="Note to the authors"
        minRows={3}
        maxLength={5000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </StepForm>
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
    "Published. The text can no longer change.",
  );
  return (
    <StepForm step={step} onClose={onClose} confirm="Publish for good">
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
        description="Left empty: now."
        value={when}
        onChange={(event) => setWhen(event.currentTarget.value)}
      />
    </StepForm>
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
  return (
    <StepForm step={step} onClose={onClose} confirm="Retire for good" isDangerous>
      <p className={classes.note}>
        It stays readable and keeps its number. Answers that cite it stay what they are. This cannot be taken back.
      </p>
      <Textarea
        label="Why"
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </StepForm>
  );
}

interface Step {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly mutate: () => void;
}

function useStep(release: Release, onClose: () => void, run: () => Promise<unknown>, done?: string): Step {
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      if (done !== undefined) announce(done);
      onClose();
      await releaseChanged(queries, release.id, release.policy.id);
    },
  });
  return { isPending: mutation.isPending, error: mutation.error, mutate: () => mutation.mutate() };
}

function StepForm({
  step,
  onClose,
  confirm,
  isDangerous = false,
  children,
}: {
  step: Step;
  onClose: () => void;
  confirm: string;
  isDangerous?: boolean;
  children: ReactNode;
}) {
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    step.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      {children}
      <FormProblem error={step.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={step.isPending} color={isDangerous ? "rust" : undefined}>
          {confirm}
        </Button>
      </Group>
    </form>
  );
}
