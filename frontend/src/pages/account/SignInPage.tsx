import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, type SyntheticEvent, useEffect, useState } from "react";
import { meQuery, signIn, signInWithCode } from "@/api/session";
import { FormProblem } from "@/ui";
import { Mark } from "@/app/shell/Rail";
import classes from "./SignInPage.module.css";

type Step = "password" | "code";

/** Sign in. With `stays`, the address is kept and its page appears as soon as somebody is signed in. */
export default function SignInPage({ stays = false }: { stays?: boolean }) {
  const [step, setStep] = useState<Step>("password");
  useEffect(() => {
    document.title = "Sign in · Concord";
  }, []);
  const enter = useEnter(stays);
  return (
    <FrontSheet>
      {step === "password" ? (
        <PasswordStep onIn={enter} onCodeWanted={() => setStep("code")} />
      ) : (
        <CodeStep onIn={enter} onBack={() => setStep("password")} />
      )}
    </FrontSheet>
  );
}

/** The sheet that people see before they are in. */
export function FrontSheet({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.brand}>
          <span className={classes.mark}>
            <Mark />
          </span>
          <span className={classes.word}>Concord</span>
        </div>
        {children}
      </main>
      <aside className={classes.aside} aria-label="About Concord">
        <p className={classes.claim}>Every answer knows which wording of which rule it was given under.</p>
        <Strata />
      </aside>
    </div>
  );
}

function useEnter(stays: boolean): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await queries.invalidateQueries(meQuery);
    if (!stays) await navigate({ to: "/" });
  };
}

function PasswordStep({ onIn, onCodeWanted }: { onIn: () => Promise<void>; onCodeWanted: () => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: (result) => (result === "in" ? onIn() : onCodeWanted()),
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    attempt.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1 className={classes.title}>Sign in</h1>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      <FormProblem error={attempt.error} />
      <Button type="submit" fullWidth size="md" loading={attempt.isPending}>
        Sign in
      </Button>
      <p className={classes.hint}>
        No password, or forgotten? A manager of your project can make you a link that signs you in once; set a password in
        the settings afterwards.
      </p>
    </form>
  );
}

function CodeStep({ onIn, onBack }: { onIn: () => Promise<void>; onBack: () => void }) {
  const [code, setCode] = useState("");
  const attempt = useMutation({ mutationFn: () => signInWithCode(code.trim()), onSuccess: () => onIn() });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    attempt.mutate();
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1 className={classes.title}>Second step</h1>
      <TextInput
        label="Code"
        description="Six digits from your authenticator, or one of your recovery codes."
        autoComplete="one-time-code"
        required
        withAsterisk={false}
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <FormProblem error={attempt.error} />
      <Button type="submit" fullWidth size="md" loading={attempt.isPending}>
        Continue
      </Button>
      <Button variant="subtle" color="gray" fullWidth onClick={onBack}>
        Back to the password
      </Button>
    </form>
  );
}

/** Releases as layers, answers as points that hold in some of them: the picture of what Concord keeps. */
function Strata() {
  const layers = [
    { y: 44, points: [60, 118, 150, 262, 330] },
    { y: 112, points: [60, 118, 206, 262, 301, 372] },
    { y: 180, points: [60, 150, 206, 301, 348, 372] },
  ];
  return (
    <svg viewBox="0 0 420 236" className={classes.strata} aria-hidden>
      {layers.map((layer, at) => (
        <g key={layer.y}>
          <path d={`M24 ${layer.y} H396`} stroke="currentColor" strokeWidth="1" opacity="0.35" />
          {layer.points.map((x) => {
            const holds = layers[at + 1]?.points.includes(x) === true;
            return (
              <g key={x}>
                {holds && (
                  <path d={`M${x} ${layer.y} V${layer.y + 68}`} stroke="currentColor" strokeWidth="1.5" opacity="0.75" />
                )}
                <circle cx={x} cy={layer.y} r={holds || at === 2 ? 5 : 4.2} fill={holds || at === 2 ? "var(--rail-mark)" : "var(--rail)"} stroke={holds || at === 2 ? "none" : "currentColor"} strokeWidth="1.5" />
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
