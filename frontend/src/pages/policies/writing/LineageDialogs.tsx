import { ActionIcon, Button, Checkbox, Modal, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { ActionForm, refusalOf } from "@/ui";
import dialogs from "../Dialogs.module.css";
import { releaseQuery } from "../queries";
import type { Clause, Release } from "../shapes";
import { keyFrom } from "../wording";
import classes from "./LineageDialogs.module.css";

export type LineageStep = "split" | "merge" | "retire";

interface Props {
  release: Release;
  clause: Clause;
  onClose: () => void;
  /** The page goes to this clause next; null to whichever is first. */
  onDone: (key: string | null) => void;
}

/** What becomes of a clause: several, part of another, or none. Each says why, for the record. */
export function LineageDialog({ step, ...props }: Props & { step: LineageStep | null }) {
  const title = props.clause.document.title;
  const names: Readonly<Record<LineageStep, string>> = {
    split: `Split “${title}”`,
    merge: `Merge “${title}” with others`,
    retire: `Retire “${title}”`,
  };
  return (
    <Modal opened={step !== null} onClose={props.onClose} title={step === null ? "" : names[step]} size="lg">
      {step === "split" && <SplitForm {...props} />}
      {step === "merge" && <MergeForm {...props} />}
      {step === "retire" && <RetireForm {...props} />}
    </Modal>
  );
}

interface PartRow {
  readonly title: string;
  readonly key: string | null;
}

function SplitForm({ release, clause, onClose, onDone }: Props) {
  const [parts, setParts] = useState<readonly PartRow[]>([
    { title: "", key: null },
    { title: "", key: null },
  ]);
  const [reason, setReason] = useState("");
  const store = useStore(release);
  const into = parts.map(({ title, key }) => ({ title, key: key ?? keyFrom(title) }));
  const split = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/releases/{release_id}/clauses/{key}/split/", {
          params: { path: { release_id: release.id, key: clause.key } },
          body: { version: clause.version, into, reason },
        }),
      ),
    onSuccess: async (changed) => {
      await store(changed);
      onDone(into[0]?.key ?? null);
    },
  });
  const refusal = refusalOf(split.error, ["reason"]);
  const put = (at: number, change: Partial<PartRow>): void =>
    setParts(parts.map((part, index) => (index === at ? { ...part, ...change } : part)));
  return (
    <ActionForm
      action={split}
      refusal={refusal}
      confirm={`Split into ${parts.length}`}
      isReady={into.every((part) => part.title.trim() !== "" && part.key !== "")}
      onCancel={onClose}
    >
      <p className={dialogs.note}>
        Each part begins with the whole text, to be cut down. Their keys are new, so answers to <code>{clause.key}</code> stop
        holding under this release; they stay on record, and the difference shows where the clause went.
      </p>
      {parts.map((part, at) => (
        <div key={at} className={classes.part} role="group" aria-label={`Part ${at + 1}`}>
          <TextInput
            label={`Title of part ${at + 1}`}
            maxLength={500}
            data-autofocus={at === 0 || undefined}
            value={part.title}
            onChange={(event) => put(at, { title: event.currentTarget.value })}
          />
          <TextInput
            label="Key"
            maxLength={64}
            value={into[at]?.key ?? ""}
            onChange={(event) => put(at, { key: event.currentTarget.value })}
          />
          {parts.length > 2 && (
            <ActionIcon
              aria-label={`Leave out part ${at + 1}`}
              onClick={() => setParts(parts.filter((_, index) => index !== at))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          )}
        </div>
      ))}
      {parts.length < 8 && (
        <Button
          className={classes.add}
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setParts([...parts, { title: "", key: null }])}
        >
          One more part
        </Button>
      )}
      <Why value={reason} error={refusal?.at("reason")} onChange={setReason} />
    </ActionForm>
  );
}

function MergeForm({ release, clause, onClose, onDone }: Props) {
  const others = release.clauses.filter((one) => one.key !== clause.key && one.document.kind === clause.document.kind);
  const [chosen, setChosen] = useState<string[]>([]);
  const [title, setTitle] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const store = useStore(release);
  const key = typedKey ?? keyFrom(title);
  const rows = [clause, ...others.filter((one) => chosen.includes(one.key))];
  const merge = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/releases/{release_id}/merge/", {
          params: { path: { release_id: release.id } },
          body: { clauses: rows.map((row) => ({ key: row.key, version: row.version })), key, title, reason },
        }),
      ),
    onSuccess: async (changed) => {
      await store(changed);
      onDone(key);
    },
  });
  const refusal = refusalOf(merge.error, ["key", "title", "reason"], { clause_key_taken: "key" });
  return (
    <ActionForm
      action={merge}
      refusal={refusal}
      confirm={`Merge ${rows.length} clauses`}
      isReady={rows.length > 1 && title.trim() !== "" && key !== ""}
      onCancel={onClose}
    >
      <p className={dialogs.note}>
        The new clause has the blocks of all of them and the question and scale of “{clause.document.title}”. Answers to the
        old keys stop holding under this release and stay on record.
      </p>
      <Checkbox.Group label="Merge with" value={chosen} onChange={setChosen}>
        <div className={classes.choices}>
          {others.map((one) => (
            <Checkbox key={one.key} value={one.key} label={one.document.title} />
          ))}
          {others.length === 0 && <p className={dialogs.note}>There is no other clause of its kind.</p>}
        </div>
      </Checkbox.Group>
      <div className={classes.part}>
        <TextInput
          label="Title of the new clause"
          maxLength={500}
          error={refusal?.at("title")}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label="Key"
          maxLength={64}
          error={refusal?.at("key")}
          value={key}
          onChange={(event) => setTypedKey(event.currentTarget.value)}
        />
      </div>
      <Why value={reason} error={refusal?.at("reason")} onChange={setReason} />
    </ActionForm>
  );
}

function RetireForm({ release, clause, onClose, onDone }: Props) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const retire = useMutation({
    mutationFn: () =>
      taken(
        api.DELETE("/api/releases/{release_id}/clauses/{key}/", {
          params: { path: { release_id: release.id, key: clause.key }, query: { version: clause.version, reason } },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["release", release.id] });
      onDone(null);
    },
  });
  const refusal = refusalOf(retire.error, ["reason"]);
  return (
    <ActionForm action={retire} refusal={refusal} confirm="Retire it" isDangerous onCancel={onClose}>
      <p className={dialogs.note}>
        The draft no longer asks it. Earlier releases keep it, and so do the answers given under them; they hold under no later
        release. It can be brought back while this is a draft.
      </p>
      <Why value={reason} error={refusal?.at("reason")} onChange={setReason} />
    </ActionForm>
  );
}

function Why({ value, error, onChange }: { value: string; error: string | undefined; onChange: (value: string) => void }) {
  return (
    <Textarea
      label="Why"
      description="One sentence for reviewers and for the record."
      minRows={2}
      maxLength={2000}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Take in the whole release as it is after a step. */
function useStore(release: Release) {
  const queries = useQueryClient();
  return async (changed: Release): Promise<void> => {
    await showAnswer(queries, releaseQuery(release.id).queryKey, changed);
    void queries.invalidateQueries({ queryKey: ["release", release.id], exact: false });
  };
}
