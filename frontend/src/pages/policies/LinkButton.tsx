import { Button } from "@mantine/core";
import { AppLink } from "@/ui";

/** A link that is the page's main step, so it looks like a button; the page's own link colour must not win. */
export function LinkButton({ to, children }: { to: string; children: string }) {
  return (
    <Button component={AppLink} to={to} c="var(--button-color)" td="none">
      {children}
    </Button>
  );
}
