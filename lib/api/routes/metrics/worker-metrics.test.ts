import { expect, test } from "vitest";
import { joinMetrics } from "./worker-metrics";

const metricsOf = (worker: number) => `# HELP a_total As.
# TYPE a_total counter
a_total{code="X",worker="${worker}"} ${worker}

# HELP b Bs.
# TYPE b gauge
b{worker="${worker}"} 7
`;

test("the samples of a metric are grouped under one description", () => {
  expect(joinMetrics([metricsOf(2), metricsOf(1)])).toBe(`# HELP a_total As.
# TYPE a_total counter
a_total{code="X",worker="2"} 2
a_total{code="X",worker="1"} 1
# HELP b Bs.
# TYPE b gauge
b{worker="2"} 7
b{worker="1"} 7
`);
  expect(joinMetrics([])).toBe("");
});
