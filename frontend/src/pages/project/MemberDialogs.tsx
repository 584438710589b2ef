import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { api, taken } from "@/api/client";
import { type Role, roleLabels } from "@/api/session";
import { announce, FormProblem } from "@/ui";
import classes from "./MemberDialogs.module.css";
import type { Member } from "./MembersPage";

const roleTexts: Readonly<Record<Role, string>> = {
  annotator: "Labels posts and compares responses.",
  reviewer: "Also reviews, and decides where people differ.",
  policy_editor: "Writes policies, and decides where people differ.",
  engineer: "Imports posts, runs models, builds datasets.",
  manager: "Runs the project: members, tasks, audit.",
};
const roles = Object.keys(roleTexts) as Role[];

export function AddMemberDialog({
  projectId,
  isOpen,
  onClose,
  onDone,
}: {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => unknown;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a member">
      <AddForm projectId={projectId} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

function AddForm({ projectId, onClose, onDone }: { projectId: string; onClose: () => void; onDone: () => unknown }) {
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["annotator"]);
  const add = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/members/", {
          params: { path: { project_id: projectId } },
          body: { email: email.trim(), roles: chosen as Role[] },
        }),
      ),
    onSuccess: (member) => {
      announce(`${member.display_name} is a member now.`);
      onClose();
      void onDone();
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    add.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label="E-mail"
        description="The person must have an account here already."
        type="email"
        required
        withAsterisk={false}
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleChoice chosen={chosen} onChange={setChosen} />
      <FormProblem error={add.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={add.isPending} disabled={chosen.length === 0}>
          Add the member
        </Button>
      </Group>
    </form>
  );
}

export function ChangeRolesDialog({
  projectId,
  member,
  onClose,
  onDone,
}: {
  projectId: string;
  member: Member | null;
  onClose: () => void;
  onDone: () => unknown;
}) {
  return (
    <Modal opened={member !== null} onClose={onClose} title={`Roles of ${member?.display_name ?? ""}`}>
      {member !== null && <RolesForm projectId={projectId} member={member} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function RolesForm({
  projectId,
  member,
  onClose,
  onDone,
}: {
  projectId: string;
  member: Member;
  onClose: () => void;
  onDone: () => unknown;
}) {
  const [chosen, setChosen] = useState<readonly string[]>(member.roles);
  const change = useMutation({
    mutationFn: () =>
      taken(
        api.PATCH("/api/projects/{project_id}/members/{member_id}/", {
          params: { path: { project_id: projectId, member_id: member.id } },
          body: { roles: chosen as Role[] },
        }),
      ),
    onSuccess: () => {
      announce(`The roles of ${member.display_name} are changed.`);
      onClose();
      void onDone();
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    change.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <RoleChoice chosen={chosen} onChange={setChosen} />
      <FormProblem error={change.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={change.isPending} disabled={chosen.length === 0}>
          Change the roles
        </Button>
      </Group>
    </form>
  );
}

function RoleChoice({ chosen, onChange }: { chosen: readonly string[]; onChange: (roles: string[]) => void }) {
  return (
    <Checkbox.Group label="Roles" value={[...chosen]} onChange={onChange}>
      <div className={classes.roles}>
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={roleLabels[role]} description={roleTexts[role]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
