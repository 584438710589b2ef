import { Button, Checkbox, CopyButton, Group, Modal, Select, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { type Capability, useMe } from "@/api/session";
import { ActionForm, refusalOf } from "@/ui";
import classes from "./CreateTokenDialog.module.css";
import { scopeGroups, scopeLabels, scopeNote, scopeSets } from "./scopes";

const lifetimes = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
];

/** Make a token; its secret is shown here and nowhere again. */
export function CreateTokenDialog({
  isOpen,
  onClose,
  onCreated,
}: {
  isOpen: boolean;
  onClose: () => void;
  onCreated: () => unknown;
}) {
  const [secret, setSecret] = useState<string | null>(null);
  function close(): void {
    setSecret(null);
    onClose();
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={secret === null ? "Create a token" : "Copy the token now"}
      size={secret === null ? "lg" : "md"}
      closeOnClickOutside={secret === null}
    >
      {secret === null ? (
        <TokenForm
          onCreated={(made) => {
            setSecret(made);
            void onCreated();
          }}
          onCancel={close}
        />
      ) : (
        <TokenSecret secret={secret} onDone={close} />
      )}
    </Modal>
  );
}

function TokenForm({ onCreated, onCancel }: { onCreated: (secret: string) => void; onCancel: () => void }) {
  const mine = new Set(useMe().memberships.flatMap((membership) => membership.capabilities));
  const groups = scopeGroups.map((group) => ({ ...group, scopes: group.scopes.filter((scope) => mine.has(scope)) })).filter((group) => group.scopes.length > 0);
  const sets = scopeSets.filter((set) => set.scopes.every((scope) => mine.has(scope)));
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["project.view"]);
  const [lifetime, setLifetime] = useState("90");
  const create = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/tokens/", {
          body: { name: name.trim(), scopes: chosen as Capability[], expires_at: expiryOf(lifetime) },
        }),
      ),
    onSuccess: (made) => onCreated(made.secret),
  });
  const refusal = refusalOf(create.error, ["name", "scopes", "expires_at"], { scope_unknown: "scopes" });
  return (
    <ActionForm
      action={create}
      refusal={refusal}
      confirm="Create the token"
      isReady={chosen.length > 0 && name.trim() !== ""}
      onCancel={onCancel}
    >
      <TextInput
        label="Name"
        description="What will use it, so that you know it again."
        placeholder="Nightly export"
        required
        withAsterisk={false}
        maxLength={80}
        data-autofocus
        error={refusal?.at("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group
        label="This token may"
        value={[...chosen]}
        onChange={setChosen}
        error={refusal?.at("scopes")}
      >
        {sets.length > 0 && (
          <div className={classes.sets} role="group" aria-label="Tick what a program usually needs">
            <span>Tick for</span>
            {sets.map((set) => (
              <Button key={set.name} variant="default" size="compact-xs" onClick={() => setChosen(set.scopes)}>
                {set.name}
              </Button>
            ))}
          </div>
        )}
        {groups.map((group) => (
          <fieldset key={group.title} className={classes.group}>
            <legend className={classes.groupTitle}>{group.title}</legend>
            <div className={classes.scopes}>
              {group.scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={scopeLabels[scope]} description={scopeNote(scope)} />
              ))}
            </div>
          </fieldset>
        ))}
      </Checkbox.Group>
      <Select
        label="Expires"
        data={lifetimes}
        error={refusal?.at("expires_at")}
        value={lifetime}
        onChange={(value) => setLifetime(value ?? "90")}
        allowDeselect={false}
      />
    </ActionForm>
  );
}

function TokenSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className={classes.form}>
      <p className={classes.text}>Concord keeps only its fingerprint. Once this window is closed, nobody can read the token again.</p>
      <code className={classes.secret} data-testid="token-secret">
        {secret}
      </code>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone} data-autofocus>
          I have it
        </Button>
      </Group>
    </div>
  );
}

function expiryOf(lifetime: string): string | null {
  if (lifetime === "never") return null;
  return new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString();
}
