import type { Config } from "tailwindcss";

/** The names of the design tokens; their values for light and dark stand in app/globals.css. */
export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  darkMode: "class",
  theme: {
    extend: {
      colors: {
        canvas: "var(--canvas)",
        surface: "var(--surface)",
        overlay: { DEFAULT: "var(--overlay)", sheet: "var(--overlay-sheet)" },
        subtle: { DEFAULT: "var(--subtle)", strong: "var(--subtle-strong)" },
        line: { DEFAULT: "var(--line)", input: "var(--line-input)", strong: "var(--line-strong)" },
        ink: { DEFAULT: "var(--ink)", muted: "var(--ink-muted)", faint: "var(--ink-faint)" },
        accent: {
          DEFAULT: "var(--accent)",
          strong: "var(--accent-strong)",
          ink: "var(--accent-ink)",
          soft: "var(--accent-soft)",
          line: "var(--accent-line)",
          contrast: "var(--accent-contrast)",
        },
        danger: {
          DEFAULT: "var(--danger)",
          strong: "var(--danger-strong)",
          ink: "var(--danger-ink)",
          soft: "var(--danger-soft)",
          line: "var(--danger-line)",
          contrast: "var(--danger-contrast)",
        },
        status: {
          active: {
            ink: "var(--status-active-ink)",
            soft: "var(--status-active-soft)",
            line: "var(--status-active-line)",
          },
          rolling: {
            ink: "var(--status-rolling-ink)",
            soft: "var(--status-rolling-soft)",
            line: "var(--status-rolling-line)",
          },
          paused: {
            ink: "var(--status-paused-ink)",
            soft: "var(--status-paused-soft)",
            line: "var(--status-paused-line)",
          },
          expiring: {
            ink: "var(--status-expiring-ink)",
            soft: "var(--status-expiring-soft)",
            line: "var(--status-expiring-line)",
          },
          expired: {
            ink: "var(--status-expired-ink)",
            soft: "var(--status-expired-soft)",
            line: "var(--status-expired-line)",
          },
          revoked: {
            ink: "var(--status-revoked-ink)",
            soft: "var(--status-revoked-soft)",
            line: "var(--status-revoked-line)",
          },
        },
        chart: {
          accepted: "var(--chart-accepted)",
          refused: "var(--chart-refused)",
          previous: "var(--chart-previous)",
          spark: "var(--chart-spark)",
          grid: "var(--chart-grid)",
        },
        row: { hover: "var(--row-hover)", selected: "var(--row-selected)" },
        tooltip: { DEFAULT: "var(--tooltip)", ink: "var(--tooltip-ink)", muted: "var(--tooltip-muted)" },
        focus: "var(--focus)",
      },
      fontFamily: {
        sans: ["var(--font-geist-sans)", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
      },
      boxShadow: {
        control: "var(--shadow-control)",
        popover: "var(--shadow-popover)",
        dialog: "var(--shadow-dialog)",
      },
      keyframes: {
        "fade-in": { from: { opacity: "0" } },
        "dialog-in": { from: { opacity: "0", transform: "translateY(4px)" } },
        "sheet-in": { from: { opacity: "0", transform: "translateX(16px)" } },
      },
      animation: {
        "fade-in": "fade-in 120ms ease-out",
        "late-fade-in": "fade-in 120ms 200ms ease-out backwards",
        "dialog-in": "dialog-in 140ms ease-out",
        "sheet-in": "sheet-in 160ms ease-out",
      },
    },
  },
} satisfies Config;
