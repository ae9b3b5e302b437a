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
        overlay: "var(--overlay)",
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
        paused: "var(--paused)",
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
        "dialog-in": "dialog-in 140ms ease-out",
        "sheet-in": "sheet-in 160ms ease-out",
      },
    },
  },
} satisfies Config;
