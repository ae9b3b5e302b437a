const minuteMs = 60_000;

/** "9 h 12 min left", rounded to the minute; "6 d 3 h left" for longer times. */
export function timeLeftText(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 1) return "Less than a minute left";
  const hours = Math.floor(minutes / 60);
  const parts =
    hours >= 24
      ? [`${Math.floor(hours / 24)} d`, hours % 24 > 0 && `${hours % 24} h`]
      : [hours > 0 && `${hours} h`, minutes % 60 > 0 && `${minutes % 60} min`];
  return `${parts.filter(Boolean).join(" ")} left`;
}
