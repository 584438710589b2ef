import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { changePassword, meQuery, useHasPassword } from "@/api/session";
import { announce, FormProblem, refusalOf } from "@/ui";
import classes from "./PasswordForm.module.css";

const leastCharacters = 12;

/** Set a first password, or change the one there is. */
export function PasswordForm() {
  const queries = useQueryClient();
  const hasPassword = useHasPassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword(hasPassword.data === true ? current : null, next),
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      announce("Your password is set.");
      await Promise.all([queries.invalidateQueries({ queryKey: ["has-password"] }), queries.invalidateQueries(meQuery)]);
    },
  });
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    change.mutate();
  }
  const refusal = refusalOf(change.error, ["current_password", "new_password"]);
  const toggle = (what: string) => ({ "aria-label": `Show the ${what}` });
  return (
    <form className={classes.form} onSubmit={submit}>
      {hasPassword.data === true && (
        <PasswordInput
          label="Password now"
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={refusal?.at("current_password")}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={toggle("password now")}
        />
      )}
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={leastCharacters}
        error={refusal?.at("new_password")}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        visibilityToggleButtonProps={toggle("new password")}
      />
      <FormProblem error={change.error} refusal={refusal} />
      <div>
        <Button type="submit" variant="default" loading={change.isPending} disabled={next.length < leastCharacters}>
          {hasPassword.data === true ? "Change the password" : "Set a password"}
        </Button>
      </div>
    </form>
  );
}
