"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTransition } from "react";
import { Segments } from "@/components/ui/choice/segments";
import { overviewPeriods } from "@/lib/core/overview-period";

const words = { "24h": "24 hours", "7d": "7 days", "90d": "90 days" } as const;
const options = overviewPeriods.map((value) => ({ value, label: words[value] }));

/** Chooses the page's period. The period is in the URL, so that it can be shared and Back returns to it. */
export function PeriodChoice() {
  const [, startTransition] = useTransition();
  const [period, setPeriod] = useQueryState(
    "period",
    parseAsStringLiteral(overviewPeriods)
      .withDefault("7d")
      .withOptions({ shallow: false, history: "push", startTransition }),
  );
  return (
    <Segments
      aria-label="Period"
      options={options}
      value={period}
      onValueChange={(value) => void setPeriod(value)}
    />
  );
}
