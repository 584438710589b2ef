import { Checkbox, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { isProblem } from "@/api/problem";
import { type Role, roleLabels } from "@/api/session";
import { ActionForm, announce, refusalOf } from "@/ui";
import classes from "./MemberDialogs.module.css";
import type { MadeLink } from "./LinkDialog";
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
  onInvited,
}: {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => unknown;
  onInvited: (made: MadeLink) => void;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add or invite somebody">
      <AddForm projectId={projectId} onClose={onClose} onDone={onDone} onInvited={onInvited} />
    </Modal>
  );
}

function AddForm({
  projectId,
  onClose,
  onDone,
  onInvited,
}: {
  projectId: string;
  onClose: () => void;
  onDone: () => unknown;
  onInvited: (made: MadeLink) => void;
}) {
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(["annotator"]);
  const add = useMutation({
    mutationFn: () => addOrInvite(projectId, { email: email.trim(), roles: chosen as Role[] }),
    onSuccess: (done) => {
      if (typeof done === "string") announce(`${done} is a member now.`);
      else onInvited(done);
      onClose();
      void onDone();
    },
  });
  const refusal = refusalOf(add.error, ["email", "roles"], { member_already: "email" });
  return (
    <ActionForm action={add} refusal={refusal} confirm="Add or invite" isReady={chosen.length > 0} onCancel={onClose}>
      <TextInput
        label="E-mail"
        description="A colleague from another project is added at once. For everybody else you get a link to pass on."
        type="email"
        required
        withAsterisk={false}
        data-autofocus
        error={refusal?.at("email")}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleChoice chosen={chosen} onChange={setChosen} error={refusal?.at("roles")} />
    </ActionForm>
  );
}

/** Add a colleague and return their name, or invite somebody from elsewhere and return the link. */
async function addOrInvite(projectId: string, body: { email: string; roles: Role[] }): Promise<string | MadeLink> {
  const params = { path: { project_id: projectId } };
  try {
    return (await taken(api.POST("/api/projects/{project_id}/members/", { params, body }))).display_name;
  } catch (error) {
    if (!isProblem(error, "member_unknown")) throw error;
  }
  const made = await taken(api.POST("/api/projects/{project_id}/invitations/", { params, body }));
  return { kind: "invitation", who: made.invitation.email, link: made.link, expiresAt: made.invitation.expires_at };
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
  const refusal = refusalOf(change.error, ["roles"], { last_manager: "roles" });
  return (
    <ActionForm action={change} refusal={refusal} confirm="Change the roles" isReady={chosen.length > 0} onCancel={onClose}>
      <RoleChoice chosen={chosen} onChange={setChosen} error={refusal?.at("roles")} />
    </ActionForm>
  );
}

function RoleChoice({
  chosen,
  onChange,
  error,
}: {
  chosen: readonly string[];
  onChange: (roles: string[]) => void;
  error: string | undefined;
}) {
  return (
    <Checkbox.Group label="Roles" value={[...chosen]} onChange={onChange} error={error}>
      <div className={classes.roles}>
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={roleLabels[role]} description={roleTexts[role]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
