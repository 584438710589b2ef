import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { meQuery, roleLabels, signOut, useMeOrNobody } from "@/api/session";
import { ActionForm, announceProblem, ErrorState, LoadingState, refusalOf } from "@/ui";
import SignInPage, { FrontSheet } from "./SignInPage";
import classes from "./SignInPage.module.css";

type Shown = components["schemas"]["InvitationShownOutput"];
const leastCharacters = 12;

/** What the link of an invitation opens: make an account, or sign in, and join. */
export default function InvitedPage() {
  const [secret] = useState(() => window.location.hash.slice(1));
  const me = useMeOrNobody();
  const invitation = useQuery({
    queryKey: ["invitation", secret],
    queryFn: () => taken(api.POST("/api/invitations/show/", { body: { secret } })),
    retry: false,
    staleTime: Infinity,
  });
  const [hasAccount, setHasAccount] = useState(false);
  useEffect(() => {
    document.title = "Invitation · Concord";
  }, []);
  if (invitation.isPending || me.isPending) return <LoadingState />;
  if (invitation.isError) {
    return (
      <FrontSheet>
        <div className={classes.form}>
          <h1 className={classes.title}>This invitation cannot be used</h1>
          <ErrorState error={invitation.error} />
        </div>
      </FrontSheet>
    );
  }
  if (me.data) return <Join secret={secret} invitation={invitation.data} email={me.data.email} />;
  if (hasAccount) return <SignInPage stays />;
  return <NewPerson secret={secret} invitation={invitation.data} onHasAccount={() => setHasAccount(true)} />;
}

/** Ask again who is signed in and where, and go home. */
function useArrival(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await queries.invalidateQueries(meQuery);
    await navigate({ to: "/" });
  };
}

function Welcome({ invitation }: { invitation: Shown }) {
  return (
    <>
      <h1 className={classes.title}>Join {invitation.project}</h1>
      <p className={classes.text}>
        {invitation.invited_by} of {invitation.organization} invites {invitation.email} as{" "}
        {invitation.roles.map((role) => roleLabels[role].toLowerCase()).join(" and ")}.
      </p>
    </>
  );
}

function NewPerson({
  secret,
  invitation,
  onHasAccount,
}: {
  secret: string;
  invitation: Shown;
  onHasAccount: () => void;
}) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const arrive = useArrival();
  const accept = useMutation({
    mutationFn: () =>
      taken(api.POST("/api/invitations/accept/", { body: { secret, display_name: name.trim(), password } })),
    onSuccess: arrive,
  });
  const refusal = refusalOf(accept.error, ["display_name", "password"]);
  return (
    <FrontSheet>
      <div className={classes.form}>
        <Welcome invitation={invitation} />
        <ActionForm
          action={accept}
          refusal={refusal}
          confirm="Make my account and join"
          isReady={name.trim() !== "" && password.length >= leastCharacters}
        >
          <TextInput
            label="Your name"
            description="Managers see it. Datasets never do: they carry an invented name."
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={120}
            autoFocus
            error={refusal?.at("display_name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
          <PasswordInput
            label="Password"
            description={`At least ${leastCharacters} characters. You sign in with ${invitation.email}.`}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={leastCharacters}
            error={refusal?.at("password")}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          />
        </ActionForm>
        <Button variant="subtle" color="gray" fullWidth onClick={onHasAccount}>
          I have an account here: sign in
        </Button>
      </div>
    </FrontSheet>
  );
}

function Join({ secret, invitation, email }: { secret: string; invitation: Shown; email: string }) {
  const queries = useQueryClient();
  const arrive = useArrival();
  const join = useMutation({
    mutationFn: () => taken(api.POST("/api/invitations/join/", { body: { secret } })),
    onSuccess: arrive,
    onError: announceProblem,
  });
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => queries.resetQueries(meQuery) });
  const isMine = email.toLowerCase() === invitation.email.toLowerCase();
  return (
    <FrontSheet>
      <div className={classes.form}>
        <Welcome invitation={invitation} />
        {isMine ? (
          <Button size="md" fullWidth autoFocus loading={join.isPending} onClick={() => join.mutate()}>
            Join the project
          </Button>
        ) : (
          <>
            <p className={classes.text}>You are signed in as {email}. The invitation is for another address.</p>
            <Button size="md" fullWidth loading={leave.isPending} onClick={() => leave.mutate()}>
              Sign out
            </Button>
          </>
        )}
      </div>
    </FrontSheet>
  );
}
