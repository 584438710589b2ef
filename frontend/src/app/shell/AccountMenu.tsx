import { Menu, VisuallyHidden, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconHelp, IconKey, IconKeyboard, IconLogout, IconMoon, IconSettings, IconShieldHeart, IconSun, IconUserCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { meQuery, signOut, useMe } from "@/api/session";
import { announceProblem, GLOBAL_SCOPE, Kbd, showShortcuts, useShortcuts } from "@/ui";
import classes from "./Rail.module.css";

/** The person's own corner: appearance, settings, tokens, signing out. */
export function AccountMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
      await navigate({ to: "/sign-in" });
    },
    onError: announceProblem,
  });
  useShortcuts([
    {
      id: "app.appearance",
      label: "Switch between light and dark",
      keys: "mod+shift+l",
      scope: GLOBAL_SCOPE,
      whileTyping: true,
      run: () => setColorScheme(other),
    },
  ]);
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.account}>
          <VisuallyHidden>Account of</VisuallyHidden>
          <IconUserCircle size={20} stroke={1.6} aria-hidden />
          <span className={classes.label}>{me.display_name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={other === "dark" ? <IconMoon size={16} aria-hidden /> : <IconSun size={16} aria-hidden />}
          onClick={() => setColorScheme(other)}
        >
          {other === "dark" ? "Dark appearance" : "Light appearance"}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => void navigate({ to: "/settings" })}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldHeart size={16} aria-hidden />} onClick={() => void navigate({ to: "/protection" })}>
          Protection
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => void navigate({ to: "/tokens" })}>
          Access tokens
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} aria-hidden />}
          onClick={() => void navigate({ to: "/keys" })}
        >
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconHelp size={16} aria-hidden />} rightSection={<Kbd keys="?" quiet />} onClick={showShortcuts}>
          What keys do here
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
