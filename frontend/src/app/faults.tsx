import { Button } from "@mantine/core";
import { IconDoorOff, IconMapOff } from "@tabler/icons-react";
import { type ErrorComponentProps } from "@tanstack/react-router";
import { ApiProblem } from "@/api/problem";
import { AppLink, EmptyState, ErrorState } from "@/ui";
import classes from "./faults.module.css";

/** No such address, or nothing this person may see: the two look the same on purpose. */
export function NotFoundPage() {
  return (
    <div className={classes.page}>
      <h1 className={classes.heading}>Not found</h1>
      <EmptyState
        icon={IconMapOff}
        title="There is nothing at this address"
        actions={<AppLink to="/">Go to your home page</AppLink>}
      >
        It was never here, it was removed, or it belongs to a project you are not a member of.
      </EmptyState>
    </div>
  );
}

/** The project is known, the role does not reach this far. */
export function NotAllowedPage() {
  return (
    <div className={classes.page}>
      <h1 className={classes.heading}>Not for your role</h1>
      <EmptyState
        icon={IconDoorOff}
        title="Your role in this project does not open this page"
        actions={<AppLink to="/">Go to your home page</AppLink>}
      >
        A project manager can change your roles on the members page.
      </EmptyState>
    </div>
  );
}

/** The outermost net: a refused read becomes its page, a fault of ours says so. */
export function RouteFault({ error, reset }: ErrorComponentProps) {
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />;
  if (error instanceof ApiProblem && error.status === 403) return <NotAllowedPage />;
  return (
    <div className={classes.page}>
      <h1 className={classes.heading}>Something went wrong</h1>
      <ErrorState error={error} onRetry={reset} />
      <p>
        <Button component="a" href="/" variant="subtle">
          Go to your home page
        </Button>
      </p>
    </div>
  );
}
